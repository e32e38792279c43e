import type { Client } from '@connectrpc/connect';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ApiKeyKind, type ApiKey, type ServiceAccount } from '../gen/parley/identity/v1/identity_pb.js';
import type { KeyService } from '../gen/parley/identity/v1/key_service_pb.js';
import type { Permission, Role } from '../gen/parley/type/v1/access_pb.js';
import { Asking } from '../state/asking';
import { randomId } from '../state/random';
import { identityFailure } from './words';

export interface KeysState {
  /** The newest first. */
  readonly keys: readonly ApiKey[];
  /** Accounts of programs, by name. */
  readonly accounts: readonly ServiceAccount[];
  /** The key made last with its secret, until it is put away: the server does not tell it again. */
  readonly made?: { readonly key: ApiKey; readonly secret: string };
  readonly loaded: boolean;
  readonly failure: string;
}

/** A key that is wanted. */
export interface Wish {
  readonly displayName: string;
  readonly kind: ApiKeyKind;
  /** Empty for all that its holder may. */
  readonly permissions: readonly Permission[];
  readonly origins: readonly string[];
  readonly characterIds: readonly string[];
  /** 0 for never. */
  readonly days: number;
  /** Empty for the person's own. */
  readonly serviceAccountId: string;
}

const PAGE = 200;
const MOST = 2_000;
const DAY_MS = 86_400_000;

/** Keys of the organisation, for programs and pages. */
export class Keys extends Asking<KeysState> {
  constructor(private readonly service: Client<typeof KeyService>) {
    super({ keys: [], accounts: [], loaded: false, failure: '' }, 'The keys');
  }

  async load(): Promise<void> {
    await this.attempt(async () => {
      const [keys, { serviceAccounts }] = await Promise.all([this.all(), this.service.listServiceAccounts({})]);
      this.change({ keys, accounts: serviceAccounts, loaded: true });
    });
  }

  create({ days, permissions, origins, characterIds, ...wish }: Wish): Promise<boolean> {
    const widget = wish.kind === ApiKeyKind.WIDGET;
    return this.attempt(async () => {
      const { key, secret } = await this.service.createApiKey({
        ...wish, permissions: [...permissions], origins: widget ? [...origins] : [], characterIds: widget ? [...characterIds] : [],
        expireTime: days > 0 ? timestampFromDate(new Date(Date.now() + days * DAY_MS)) : undefined, requestId: randomId(),
      });
      if (key) this.change({ keys: [key, ...this.state.keys], made: { key, secret } });
    });
  }

  /** The secret was copied; it is forgotten here too. */
  putAway(): void {
    this.change({ made: undefined });
  }

  revoke(keyId: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.service.revokeApiKey({ keyId });
      const made = this.state.made?.key.id === keyId ? undefined : this.state.made;
      this.change({ keys: this.state.keys.filter((k) => k.id !== keyId), made });
    });
  }

  createAccount(displayName: string, role: Role): Promise<boolean> {
    return this.attempt(async () => {
      const { serviceAccount } = await this.service.createServiceAccount({ displayName, role, requestId: randomId() });
      if (serviceAccount) this.change({ accounts: [...this.state.accounts, serviceAccount] });
    });
  }

  /** Ends the account and its keys. */
  deleteAccount(serviceAccountId: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.service.deleteServiceAccount({ serviceAccountId });
      const keys = this.state.keys.filter((k) => k.serviceAccountId !== serviceAccountId);
      this.change({ accounts: this.state.accounts.filter((a) => a.id !== serviceAccountId), keys });
    });
  }

  protected override wordsOf(error: unknown): string {
    return identityFailure(error);
  }

  private async all(): Promise<ApiKey[]> {
    const all: ApiKey[] = [];
    let pageToken = '';
    do {
      const page = await this.service.listApiKeys({ pageSize: PAGE, pageToken });
      all.push(...page.keys);
      pageToken = page.nextPageToken;
    } while (pageToken && all.length < MOST);
    return all;
  }
}

/** Origins as a person writes them, one a line or with commas between; and the first that is none. */
export function originsOf(text: string): { readonly origins: readonly string[]; readonly wrong: string } {
  const words = text.split(/[\s,]+/).filter(Boolean);
  const wrong = words.find((w) => !isOrigin(w)) ?? '';
  return { origins: words.filter(isOrigin).map((w) => new URL(w).origin), wrong };
}

function isOrigin(text: string): boolean {
  try {
    const url = new URL(text);
    return (url.protocol === 'https:' || url.protocol === 'http:') && url.pathname === '/' && !url.search && !url.hash;
  } catch {
    return false;
  }
}

import { Code, ConnectError, type Client } from '@connectrpc/connect';
import type { Organisation, Person } from '../gen/parley/identity/v1/identity_pb.js';
import type { IdentityService, Provider } from '../gen/parley/identity/v1/identity_service_pb.js';
import { Role, type Permission } from '../gen/parley/type/v1/access_pb.js';
import { Store } from '../state/store';

/**
 * Who uses the page: not known yet; on a server without accounts; the owner of this machine without
 * an account; somebody who signed in; or somebody who has to.
 */
export type Presence = 'unknown' | 'none' | 'local' | 'signed-in' | 'signed-out';

export interface WhoState {
  readonly presence: Presence;
  readonly person?: Person;
  readonly organisation?: Organisation;
  readonly role: Role;
  readonly permissions: readonly Permission[];
}

/** What this server offers to whoever wants in. */
export interface Offers {
  readonly providers: readonly Provider[];
  readonly passwords: boolean;
  readonly signUp: boolean;
}

const NOBODY: WhoState = { presence: 'unknown', role: Role.UNSPECIFIED, permissions: [] };
const RETRY_MS = 2_000;

/** Who uses the page, as the server sees it; asked again until it answers. */
export class Who extends Store<WhoState> {
  private asked = 0;
  private offered: Promise<Offers> | undefined;

  constructor(private readonly identity: Client<typeof IdentityService>, private readonly wait: (run: () => void, ms: number) => unknown = setTimeout) {
    super(NOBODY);
  }

  /** Asks; a later question overtakes an earlier one. */
  async ask(): Promise<void> {
    const asked = ++this.asked;
    try {
      const { person, organisation, role, permissions } = await this.identity.getMe({});
      if (asked !== this.asked) return;
      this.change({ presence: person?.id === 'local' ? 'local' : 'signed-in', person, organisation, role, permissions });
    } catch (error) {
      if (asked !== this.asked) return;
      const { code } = ConnectError.from(error);
      if (code === Code.Unimplemented) this.change({ ...NOBODY, presence: 'none' });
      else if (code === Code.Unauthenticated) this.change({ presence: 'signed-out', person: undefined, organisation: undefined, role: Role.UNSPECIFIED, permissions: [] });
      else this.wait(() => asked === this.asked && void this.ask(), RETRY_MS);
    }
  }

  may(permission: Permission): boolean {
    return this.state.permissions.includes(permission);
  }

  /** What changed of the person or the organisation, without asking again. */
  now(part: Pick<Partial<WhoState>, 'person' | 'organisation'>): void {
    this.change(part);
  }

  /** Asked once, and again after a failure. */
  offers(): Promise<Offers> {
    this.offered ??= this.identity.listProviders({}).catch((error: unknown) => {
      this.offered = undefined;
      throw error;
    });
    return this.offered;
  }
}

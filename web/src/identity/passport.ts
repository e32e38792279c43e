import { Code, ConnectError } from '@connectrpc/connect';
import type { Tokens } from '../gen/parley/identity/v1/identity_pb.js';
import { accessOf, type Access } from './access';

/** What the passport needs of the world; tests give their own. */
export interface Borders {
  /** Shared by the tabs of a browser. */
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  /** Runs one after another in all tabs of the browser. */
  locked<T>(work: () => Promise<T>): Promise<T>;
  /** Tells the other tabs. */
  post(message: Told): void;
  listen(hear: (message: Told) => void): void;
  wait(run: () => void, ms: number): unknown;
  stop(timer: unknown): void;
  now(): number;
}

/** What tabs tell one another: a new access token, or that nobody is signed in any more. */
export interface Told {
  readonly access?: Access;
}

interface Kept {
  readonly refreshToken: string;
  readonly holder: string;
}

const PLACE = 'parley.signed-in';
/** A token that ends sooner is renewed before it is used. */
const MARGIN_MS = 30_000;

/**
 * Proof of who uses this browser. The access token is in memory only; the refresh token is stored,
 * and every tab uses the one that is stored now, one tab at a time, because each is good once.
 */
export class Passport {
  private access: Access | undefined;
  private shown: string;
  private timer: unknown;

  /**
   * @param refresh new tokens for a refresh token
   * @param changed is told when somebody else, or nobody (empty), is signed in
   */
  constructor(private readonly refresh: (refreshToken: string) => Promise<Tokens>, private readonly changed: (holder: string) => void, private readonly borders: Borders) {
    this.shown = this.kept()?.holder ?? '';
    borders.listen(({ access }) => this.use(access));
  }

  /** Who is signed in, as organisation and person; empty for nobody. */
  get holder(): string {
    return this.shown;
  }

  /** Says to the server which sign-in is to end; empty when nobody is signed in. */
  get refreshToken(): string {
    return this.kept()?.refreshToken ?? '';
  }

  /** The token to send with a call; empty when nobody is signed in. Renewed when it is about to end. */
  async token(): Promise<string> {
    if (this.access && this.lasts(MARGIN_MS)) return this.access.token;
    return this.kept() ? this.renew(this.access?.token ?? '') : '';
  }

  /** A token in the place of one that was refused or ends; empty when the sign-in is over. */
  renew(refused: string): Promise<string> {
    return this.borders.locked(async () => {
      const kept = this.kept();
      if (!kept) return '';
      // Another call, or another tab, was faster.
      if (this.access && this.access.token !== refused && this.lasts(0)) return this.access.token;
      try {
        this.take(await this.refresh(kept.refreshToken));
      } catch (error) {
        if (!isOver(error)) throw error;
        this.drop();
      }
      return this.access?.token ?? '';
    });
  }

  /** Somebody signed in, or the same person goes on. */
  take(tokens: Tokens): void {
    const access = accessOf(tokens, this.borders.now());
    this.borders.storage.setItem(PLACE, JSON.stringify({ refreshToken: tokens.refreshToken, holder: access.holder } satisfies Kept));
    this.borders.post({ access });
    this.use(access);
  }

  /** Nobody is signed in any more, in no tab. */
  drop(): void {
    this.borders.storage.removeItem(PLACE);
    this.borders.post({});
    this.use(undefined);
  }

  private use(access: Access | undefined): void {
    this.access = access;
    this.borders.stop(this.timer);
    if (access) {
      const ms = Math.max(MARGIN_MS, access.endsAt - this.borders.now() - 2 * MARGIN_MS);
      this.timer = this.borders.wait(() => void this.renew(access.token).catch(() => undefined), ms);
    }
    const holder = access?.holder ?? '';
    if (holder === this.shown) return;
    this.shown = holder;
    this.changed(holder);
  }

  private lasts(ms: number): boolean {
    return this.access !== undefined && this.access.endsAt > this.borders.now() + ms;
  }

  private kept(): Kept | undefined {
    try {
      return (JSON.parse(this.borders.storage.getItem(PLACE) ?? 'null') as Kept | null) ?? undefined;
    } catch {
      return undefined;
    }
  }
}

/** Whether the server said that the sign-in is over, and not only that it cannot answer now. */
function isOver(error: unknown): boolean {
  const { code } = ConnectError.from(error);
  return code === Code.Unauthenticated || code === Code.PermissionDenied || code === Code.NotFound || code === Code.InvalidArgument;
}

import type { Heard } from '../audio/media-clock';
import type { Session } from './connection';

/** What a page that is loaded again needs to take its conversation up; numbers are decimal. */
export interface Kept {
  readonly characterId: string;
  readonly sessionId: string;
  readonly resumeToken: string;
  readonly clientId: string;
  readonly clientSeq: string;
  /** Of the last event before the turn that runs. */
  readonly afterSeq: string;
  readonly heard?: Pick<Heard, 'turn' | 'us'>;
}

const PLACE = 'parley.session';

/** Where this tab's conversation is, so that the page may be loaded again. Other tabs have their own. */
export class Bookmark {
  private settledSeq: bigint;

  constructor(private readonly characterId: string, kept?: Kept) {
    this.settledSeq = BigInt(kept?.afterSeq ?? 0);
  }

  /** What the page that was here before left. */
  static read(): Kept | undefined {
    try {
      return (JSON.parse(sessionStorage.getItem(PLACE) ?? 'null') as Kept | null) ?? undefined;
    } catch {
      return undefined;
    }
  }

  static session({ sessionId, resumeToken, clientId, clientSeq, afterSeq }: Kept): Session {
    return { sessionId, resumeToken, clientId, clientSeq: BigInt(clientSeq), lastSeq: BigInt(afterSeq) };
  }

  /** An event came; between turns it needs not come again. */
  passed(seq: bigint, turnRuns: boolean): void {
    if (seq > 0n && !turnRuns) this.settledSeq = seq;
  }

  keep({ sessionId, resumeToken, clientId, clientSeq }: Session, heard: Heard | undefined): void {
    const kept: Kept = {
      characterId: this.characterId, sessionId, resumeToken, clientId, clientSeq: String(clientSeq), afterSeq: String(this.settledSeq),
      heard: heard && { turn: heard.turn, us: heard.us },
    };
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(kept));
    } catch {
      // A browser that keeps nothing begins anew when the page is loaded again.
    }
  }

  forget(): void {
    this.settledSeq = 0n;
    try {
      sessionStorage.removeItem(PLACE);
    } catch {
      // Nothing was kept.
    }
  }
}

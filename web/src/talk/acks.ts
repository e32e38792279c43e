import type { Heard } from '../audio/media-clock';

/** What to tell the server of what was played: only what is new, never backwards within a turn. */
export class Acks {
  private last = { turn: '', us: -1 };

  after(heard: Heard | undefined): { turnId: string; playedUs: bigint } | undefined {
    if (!heard?.turn || heard.us < 0) return undefined;
    if (heard.turn === this.last.turn && heard.us <= this.last.us) return undefined;
    this.last = { turn: heard.turn, us: heard.us };
    return { turnId: heard.turn, playedUs: BigInt(heard.us) };
  }
}

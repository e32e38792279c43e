import type { Mark } from './playback-queue';

/** Where a turn's media is heard now. */
export interface Heard {
  readonly turn: string;
  /** Microseconds on the turn's media clock. */
  readonly us: number;
  readonly running: boolean;
}

/** Something that plays a turn and knows how far it is. */
export interface MediaClock {
  now(): Heard | undefined;
}

/** Turns marks of the player and the time of the loudspeaker into media time. */
export class MarkClock {
  private marks: Mark[] = [];

  constructor(private readonly rateHz: number) {}

  add(mark: Mark): void {
    this.marks.push(mark);
    if (this.marks.length > 64) this.marks = this.marks.slice(-32);
  }

  /** What is heard at `seconds` of the audio context's output time. */
  at(seconds: number): Heard | undefined {
    const frame = seconds * this.rateHz;
    const mark = this.marks.findLast((m) => m.frame <= frame);
    if (!mark) return undefined;
    const running = mark.kind === 'run';
    const us = running ? mark.us + ((frame - mark.frame) * 1e6) / this.rateHz : mark.us;
    return { turn: mark.turn, us: Math.round(us), running };
  }
}

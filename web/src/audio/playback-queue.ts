/** Where the loudspeaker is: from `frame` on, `us` of `turn` is heard and runs, or stands. */
export interface Mark {
  readonly kind: 'run' | 'stand';
  readonly turn: string;
  readonly us: number;
  readonly frame: number;
  readonly cause: 'start' | 'underrun' | 'cut' | 'end' | 'hold';
}

interface Segment {
  readonly turn: string;
  readonly us: number;
  readonly data: Float32Array;
  read: number;
}

const PREBUFFER_S = 0.08;
const FADE_S = 0.005;
/** After so long a short piece is played although the prebuffer is not full. */
const PATIENCE_S = 0.2;

/**
 * The character's voice, queued and rendered block by block. Knows nothing of Web Audio: the
 * worklet calls `render` with the frame number of the block. Overlapping pieces (a replay after a
 * lost connection) are taken once.
 */
export class PlaybackQueue {
  private segments: Segment[] = [];
  private marks: Mark[] = [];
  private running = false;
  private held = false;
  private fadeLeft = 0;
  private waitingSince = -1;
  private lastTurn = '';
  private nextUs = 0;
  private readonly ended = new Set<string>();
  private readonly banned = new Set<string>();

  constructor(private readonly rateHz: number) {}

  /** Adds audio of a turn whose first sample is at `us` on the turn's clock. */
  push(turn: string, us: number, data: Float32Array): void {
    if (this.banned.has(turn)) return;
    let start = us;
    let samples = data;
    if (turn === this.lastTurn) {
      const overlap = Math.round(((this.nextUs - us) * this.rateHz) / 1e6);
      if (overlap >= data.length) return;
      if (overlap > 0) {
        samples = data.subarray(overlap);
        start = this.nextUs;
      }
    }
    this.lastTurn = turn;
    this.nextUs = start + (samples.length * 1e6) / this.rateHz;
    this.segments.push({ turn, us: start, data: samples, read: 0 });
  }

  /** No more audio comes for the turn; what is queued is played. */
  end(turn: string): void {
    this.ended.add(turn);
  }

  /** Fades out at once and forgets what is queued; the turn is not taken up again. */
  cut(turn: string): void {
    this.banned.add(turn);
    this.fadeLeft = this.running ? Math.round(FADE_S * this.rateHz) : 0;
    if (!this.running) this.segments = this.segments.filter((s) => s.turn !== turn);
  }

  /** Stops without forgetting, or goes on. */
  hold(on: boolean, frame: number): void {
    if (on && this.running) this.stand('hold', frame);
    this.held = on;
  }

  /** Fills a block that begins at `frame`; returns what changed. */
  render(out: Float32Array, frame: number): readonly Mark[] {
    this.marks = [];
    out.fill(0);
    if (!this.running && this.mayStart(frame)) this.run(frame);
    if (this.running) this.fill(out, frame);
    return this.marks;
  }

  private mayStart(frame: number): boolean {
    const head = this.segments[0];
    if (!head || this.held) {
      this.waitingSince = -1;
      return false;
    }
    if (this.waitingSince < 0) this.waitingSince = frame;
    const queued = this.segments.reduce((n, s) => n + s.data.length - s.read, 0);
    return (
      queued >= PREBUFFER_S * this.rateHz ||
      this.ended.has(head.turn) ||
      frame - this.waitingSince > PATIENCE_S * this.rateHz
    );
  }

  private run(frame: number): void {
    const head = this.segments[0]!;
    this.running = true;
    this.waitingSince = -1;
    this.mark('run', head.turn, this.position(head), frame, 'start');
  }

  private fill(out: Float32Array, frame: number): void {
    for (let i = 0; i < out.length; i++) {
      const head = this.segments[0];
      if (!head) return this.ranDry(frame + i);
      out[i] = head.data[head.read++]! * this.gain();
      if (this.fadeLeft > 0 && --this.fadeLeft === 0) return this.finishCut(frame + i + 1);
      if (head.read === head.data.length) this.nextSegment(head, frame + i + 1);
    }
  }

  private gain(): number {
    return this.fadeLeft > 0 ? this.fadeLeft / (FADE_S * this.rateHz) : 1;
  }

  private nextSegment(done: Segment, frame: number): void {
    this.segments.shift();
    const next = this.segments[0];
    this.last = { turn: done.turn, us: this.position(done) };
    if (next && (next.turn !== done.turn || Math.abs(next.us - this.last.us) > 1000)) {
      this.mark('run', next.turn, next.us, frame, 'start');
    }
  }

  private last = { turn: '', us: 0 };

  private ranDry(frame: number): void {
    this.running = false;
    this.fadeLeft = 0;
    const cause = this.banned.has(this.last.turn) ? 'cut' : this.ended.has(this.last.turn) ? 'end' : 'underrun';
    this.mark('stand', this.last.turn, this.last.us, frame, cause);
  }

  private finishCut(frame: number): void {
    this.stand('cut', frame);
    this.segments = this.segments.filter((s) => !this.banned.has(s.turn));
  }

  private stand(cause: Mark['cause'], frame: number): void {
    const head = this.segments[0];
    const at = head ? { turn: head.turn, us: this.position(head) } : this.last;
    this.running = false;
    this.mark('stand', at.turn, at.us, frame, cause);
  }

  private position(segment: Segment): number {
    return segment.us + (segment.read * 1e6) / this.rateHz;
  }

  private mark(kind: Mark['kind'], turn: string, us: number, frame: number, cause: Mark['cause']): void {
    this.marks.push({ kind, turn, us, frame, cause });
  }
}

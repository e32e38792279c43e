import type { Heard, MediaClock } from '../audio/media-clock';

const CATCH_UP_S = 0.6;
const KEEP_S = 10;

interface Placed {
  readonly turn: string;
  /** Where the turn's first microsecond lies in the element's time, seconds. */
  readonly offset: number;
  ended: boolean;
}

type Piece = { turn: string; data: Uint8Array; init: boolean };

/** The server's video: fragments of one turn after another in a media source. */
export class VideoPlayer implements MediaClock {
  private readonly source: MediaSource;
  private buffer: SourceBuffer | undefined;
  private pieces: Piece[] = [];
  private placed: Placed[] = [];
  private mime = '';

  constructor(private readonly video: HTMLVideoElement, private readonly failed: (why: string) => void) {
    const Source = (globalThis as { ManagedMediaSource?: typeof MediaSource }).ManagedMediaSource ?? globalThis.MediaSource;
    if (!Source) throw new Error('this browser has no MediaSource');
    this.source = new Source();
    video.disableRemotePlayback = true;
    video.src = URL.createObjectURL(this.source);
    this.source.addEventListener('sourceopen', () => this.feed());
    video.addEventListener('error', () => failed('The video could not be played. Switch back to the face.'));
  }

  push(turn: string, data: Uint8Array, init: boolean, mimeType: string): void {
    if (init && mimeType) this.mime = mimeType;
    this.pieces.push({ turn, data, init });
    this.feed();
  }

  end(turn: string): void {
    const placed = this.placed.find((p) => p.turn === turn);
    if (placed) placed.ended = true;
  }

  /** Forgets what lies ahead. */
  cut(turn: string): void {
    this.pieces = this.pieces.filter((p) => p.turn !== turn);
    this.end(turn);
    const buffer = this.buffer;
    if (!buffer || this.source.readyState !== 'open') return;
    if (buffer.updating) buffer.abort();
    const from = this.video.currentTime + 0.05;
    if (this.bufferedEnd() > from) buffer.remove(from, Infinity);
  }

  hold(on: boolean): void {
    if (on) this.video.pause();
    else void this.video.play().catch(() => undefined);
  }

  now(): Heard | undefined {
    const t = this.video.currentTime;
    const placed = this.placed.findLast((p) => p.offset <= t + 0.01);
    if (!placed) return undefined;
    const running = !this.video.paused && t < this.bufferedEnd() - 0.06;
    return { turn: placed.turn, us: Math.round((t - placed.offset) * 1e6), running };
  }

  close(): void {
    this.video.pause();
    URL.revokeObjectURL(this.video.src);
    this.video.removeAttribute('src');
    this.video.load();
  }

  private feed(): void {
    if (this.source.readyState !== 'open') return;
    const next = this.pieces[0];
    if (!next || this.buffer?.updating || !this.prepare()) return;
    this.pieces.shift();
    if (next.init) this.place(next.turn);
    try {
      this.buffer!.appendBuffer(next.data.slice().buffer);
    } catch {
      this.failed('The video could not be decoded. Switch back to the face.');
    }
  }

  private prepare(): boolean {
    if (this.buffer) return true;
    if (!this.mime) return false;
    if (!MediaSource.isTypeSupported(this.mime)) {
      this.failed(`This browser cannot play ${this.mime}. Switch back to the face.`);
      this.pieces = [];
      return false;
    }
    this.source.duration = Infinity;
    this.buffer = this.source.addSourceBuffer(this.mime);
    this.buffer.mode = 'segments';
    this.buffer.addEventListener('updateend', () => this.appended());
    return true;
  }

  private place(turn: string): void {
    if (this.placed.some((p) => p.turn === turn)) return;
    const offset = Math.max(this.bufferedEnd(), this.video.currentTime);
    this.buffer!.timestampOffset = offset;
    this.placed = [...this.placed.slice(-8), { turn, offset, ended: false }];
  }

  private appended(): void {
    if (this.source.readyState === 'closed') return;
    if (this.video.paused) void this.video.play().catch(() => undefined);
    const ahead = this.bufferedEnd() - this.video.currentTime;
    this.video.playbackRate = ahead > CATCH_UP_S ? 1.08 : 1;
    const old = this.video.currentTime - KEEP_S;
    if (this.pieces.length === 0 && old > KEEP_S && this.bufferedStart() < old && !this.buffer!.updating) {
      this.buffer!.remove(0, old);
    }
    this.feed();
  }

  private bufferedStart(): number {
    const ranges = this.ranges();
    return ranges?.length ? ranges.start(0) : 0;
  }

  private bufferedEnd(): number {
    const ranges = this.ranges();
    return ranges?.length ? ranges.end(ranges.length - 1) : 0;
  }

  /** A source that the element let go of has taken its buffers away, though an append may just be ending. */
  private ranges(): TimeRanges | undefined {
    return this.source.readyState === 'closed' ? undefined : this.buffer?.buffered;
  }
}

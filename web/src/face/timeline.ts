/** A pose of the face: a weight per blendshape, and the head (pitch, yaw, roll, x, y, z). */
export interface Pose {
  readonly weights: Float32Array;
  readonly head: Float32Array;
}

interface Keyframe extends Pose {
  readonly us: number;
}

/** The face of one turn (or idle segment) over its clock. */
export class Timeline {
  private frames: Keyframe[] = [];

  /** Adds frames; those of a time already known are taken once. */
  add(startUs: number, rateHz: number, count: number, weights: readonly number[], head: readonly number[]): void {
    if (count <= 0 || rateHz <= 0) return;
    const width = Math.floor(weights.length / count);
    for (let i = 0; i < count; i++) {
      const us = startUs + (i * 1e6) / rateHz;
      const newest = this.frames.at(-1);
      if (newest && us <= newest.us + 500) continue;
      this.frames.push({
        us,
        weights: Float32Array.from(weights.slice(i * width, (i + 1) * width)),
        head: Float32Array.from({ length: 6 }, (_, k) => head[i * 6 + k] ?? 0),
      });
    }
  }

  get startUs(): number {
    return this.frames[0]?.us ?? 0;
  }

  get endUs(): number {
    return this.frames.at(-1)?.us ?? -1;
  }

  /** Forgets what comes after `us`. */
  cut(us: number): void {
    this.frames = this.frames.filter((f) => f.us <= us);
  }

  /** The pose at `us`, between frames linearly; nothing outside of what is known (and 60 ms). */
  at(us: number): Pose | undefined {
    const first = this.frames[0];
    const last = this.frames.at(-1);
    if (!first || !last || us < first.us - 60_000 || us > last.us + 60_000) return undefined;
    const next = this.indexAfter(us);
    const a = this.frames[Math.max(0, next - 1)]!;
    const b = this.frames[Math.min(next, this.frames.length - 1)]!;
    const t = b.us > a.us ? Math.min(1, Math.max(0, (us - a.us) / (b.us - a.us))) : 0;
    return { weights: mix(a.weights, b.weights, t), head: mix(a.head, b.head, t) };
  }

  /** Forgets what lies more than `keepUs` before `us`. */
  trim(us: number, keepUs = 2_000_000): void {
    const from = this.frames.findIndex((f) => f.us >= us - keepUs);
    if (from > 60) this.frames = this.frames.slice(from);
  }

  private indexAfter(us: number): number {
    let low = 0;
    let high = this.frames.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.frames[middle]!.us <= us) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

function mix(a: Float32Array, b: Float32Array, t: number): Float32Array {
  return a.map((v, i) => v + (b[i]! - v) * t);
}

import type { LivingPose } from './idle';

/** A machine that needs longer than this for a picture gets time for everything else. */
const BUSY_S = 0.12;
/** Between two pictures where a processor draws: in motion, and while hardly anything moves. */
const MOVING_S = 1 / 24;
const STILL_S = 1 / 12;
/** Between two pictures this is not seen: weights, and radians or tenths of metres of the head. */
const LEAST_WEIGHT = 0.012;
const LEAST_TURN = 0.0015;
const LATE_S = 0.03;
const PATIENCE = 40;

/** When to draw: every picture of the screen, or no more than a processor can do beside its other work. */
export class Pace {
  private next = 0;
  private drawn = 0;
  private took = 0;
  private fresh = false;
  private slow = 0;
  private shown: LivingPose | undefined;

  constructor(private readonly processor: boolean) {}

  /** Asked at every picture of the screen: whether there may be one now, seconds on any clock. */
  mayDraw(now: number): boolean {
    if (this.fresh) this.note(now - this.drawn);
    this.fresh = false;
    if (this.took > BUSY_S && now - this.drawn < Math.min(1, 2 * this.took)) return false;
    return !this.processor || now >= this.next;
  }

  /** Whether the pose is worth a picture; if so it counts as drawn. */
  isSeen(now: number, pose: LivingPose): boolean {
    this.next = Math.max(this.next, now - MOVING_S / 2) + MOVING_S;
    if (this.processor && now - this.drawn < STILL_S && this.shown && isNear(this.shown, pose)) return false;
    this.drawn = now;
    this.shown = pose;
    this.fresh = true;
    return true;
  }

  /** Seconds for which asking is of no use; none right after a picture, whose time is still taken. */
  rest(now: number): number {
    return this.processor && !this.fresh ? Math.max(0, this.next - now) : 0;
  }

  /** Whether pictures were late for long; asking begins anew. */
  wasSlow(): boolean {
    if (this.slow < PATIENCE) return false;
    this.slow = 0;
    return true;
  }

  private note(took: number): void {
    this.took = took;
    if (took > 3) return;
    this.slow = took > LATE_S ? this.slow + Math.min(8, took / LATE_S) : Math.max(0, this.slow - 0.25);
  }
}

function isNear(a: LivingPose, b: LivingPose): boolean {
  if (b.head.some((v, i) => Math.abs(v - a.head[i]!) > (i < 3 ? LEAST_TURN : LEAST_TURN / 10))) return false;
  for (const [name, weight] of b.weights) if (Math.abs(weight - (a.weights.get(name) ?? 0)) > LEAST_WEIGHT) return false;
  return true;
}

import type { FaceFrames } from '../gen/parley/conversation/v1/event_pb.js';
import type { Heard } from '../audio/media-clock';
import { Idle, type LivingPose, type Mood } from './idle';
import { Timeline, type Pose } from './timeline';

const BLEND_S = 0.16;
/** Idle segments are played so long after their first frame came. */
const IDLE_LAG_S = 0.12;

/**
 * Decides the pose of every picture: the turn's frames at the moment that is heard, else the
 * server's idle segment, else the life of its own; crossed over softly.
 */
export class Actor {
  private names: readonly string[] = [];
  private readonly turns = new Map<string, Timeline>();
  private segment: { id: string; timeline: Timeline; since: number } | undefined;
  private readonly idle = new Idle();
  private led = 0;
  private lastLed: LivingPose | undefined;
  private last = 0;

  use(names: readonly string[]): void {
    this.names = names;
  }

  take(turn: string, startUs: number, frames: FaceFrames, seconds: number): void {
    const rate = frames.frameRateHz || 30;
    if (!frames.segmentId) {
      this.timeline(turn).add(startUs, rate, frames.frameCount, frames.weights, frames.head);
      return;
    }
    if (this.segment?.id !== frames.segmentId) {
      this.segment = { id: frames.segmentId, timeline: new Timeline(), since: seconds + IDLE_LAG_S - startUs / 1e6 };
    }
    this.segment.timeline.add(startUs, rate, frames.frameCount, frames.weights, frames.head);
  }

  cut(turn: string, us: number): void {
    this.turns.get(turn)?.cut(us);
  }

  /** The pose at `seconds` (a clock that only rises) while `heard` is heard. */
  at(seconds: number, heard: Heard | undefined, mood: Mood): LivingPose {
    const dt = Math.min(0.1, Math.max(0, seconds - this.last));
    this.last = seconds;
    const own = this.idle.at(seconds, mood);
    const led = this.ledPose(seconds, heard);
    if (led) this.lastLed = led;
    this.led = Math.min(1, Math.max(0, this.led + (led ? dt : -dt) / BLEND_S));
    return this.lastLed && this.led > 0 ? cross(own, this.lastLed, this.led * this.led * (3 - 2 * this.led)) : own;
  }

  private ledPose(seconds: number, heard: Heard | undefined): LivingPose | undefined {
    const timeline = heard && this.turns.get(heard.turn);
    const spoken = timeline?.at(heard!.us);
    if (spoken) {
      timeline!.trim(heard!.us);
      return this.named(spoken);
    }
    if (!this.segment) return undefined;
    const us = (seconds - this.segment.since) * 1e6;
    const idle = this.segment.timeline.at(Math.max(us, this.segment.timeline.startUs));
    this.segment.timeline.trim(us);
    return idle && this.named(idle);
  }

  private timeline(turn: string): Timeline {
    let timeline = this.turns.get(turn);
    if (!timeline) {
      timeline = new Timeline();
      this.turns.set(turn, timeline);
      if (this.turns.size > 4) this.turns.delete(this.turns.keys().next().value!);
    }
    return timeline;
  }

  private named(pose: Pose): LivingPose {
    return { weights: new Map(this.names.map((n, i) => [n, pose.weights[i] ?? 0])), head: pose.head };
  }
}

function cross(a: LivingPose, b: LivingPose, t: number): LivingPose {
  const names = new Set([...a.weights.keys(), ...b.weights.keys()]);
  const weights = new Map([...names].map((n) => {
    const from = a.weights.get(n) ?? 0;
    return [n, from + ((b.weights.get(n) ?? 0) - from) * t];
  }));
  return { weights, head: a.head.map((v, i) => v + (b.head[i]! - v) * t) };
}

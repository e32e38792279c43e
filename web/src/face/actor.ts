import type { FaceFrames } from '../gen/parley/conversation/v1/event_pb.js';
import type { Heard } from '../audio/media-clock';
import { Idle, type LivingPose, type Mood } from './idle';
import { Timeline, type Pose } from './timeline';

const BLEND_S = 0.16;
/** Idle segments are played so long after their first frame came. */
const IDLE_LAG_S = 0.12;

/** Who decides the pose: a turn or an idle segment by its id, or nobody but the face itself. */
interface Led {
  readonly by: string;
  readonly pose: LivingPose;
}

/**
 * Decides the pose of every picture: the turn's frames at the moment that is heard, else the
 * server's idle segment, else the life of its own; crossed over softly from one to the next.
 */
export class Actor {
  private names: readonly string[] = [];
  private readonly turns = new Map<string, Timeline>();
  private segment: { id: string; timeline: Timeline; since: number } | undefined;
  private readonly over = new Set<string>();
  private readonly idle: Idle;
  /** Who led last and since when, and what was shown before. */
  private led = { by: '', since: 0, before: undefined as LivingPose | undefined };
  private shown: LivingPose | undefined;

  constructor(random?: () => number) {
    this.idle = new Idle(random);
  }

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
    this.end(turn);
  }

  /** No more comes of a turn: once it is heard out the face goes back to its idle life. */
  end(turn: string): void {
    if (this.turns.has(turn)) this.over.add(turn);
  }

  /** The pose at `seconds` (a clock that only rises) while `heard` is heard. */
  at(seconds: number, heard: Heard | undefined, mood: Mood): LivingPose {
    const own = this.idle.at(seconds, mood);
    const { by, pose } = this.spoken(heard) ?? this.segmentPose(seconds) ?? { by: '', pose: own };
    if (by !== this.led.by) this.led = { by, since: seconds, before: this.shown };
    const t = (seconds - this.led.since) / BLEND_S;
    this.shown = this.led.before && t < 1 ? cross(this.led.before, pose, t * t * (3 - 2 * t)) : pose;
    return this.shown;
  }

  /** A turn that waits for more holds its pose; one that was heard out leads no longer. */
  private spoken(heard: Heard | undefined): Led | undefined {
    if (!heard || (!heard.running && this.over.has(heard.turn))) return undefined;
    const timeline = this.turns.get(heard.turn);
    const pose = timeline?.at(heard.us);
    timeline?.trim(heard.us);
    return pose && { by: heard.turn, pose: this.named(pose) };
  }

  private segmentPose(seconds: number): Led | undefined {
    if (!this.segment) return undefined;
    const { id, timeline, since } = this.segment;
    const us = (seconds - since) * 1e6;
    const pose = timeline.at(Math.max(us, timeline.startUs));
    timeline.trim(us);
    return pose && { by: id, pose: this.named(pose) };
  }

  private timeline(turn: string): Timeline {
    let timeline = this.turns.get(turn);
    if (!timeline) {
      timeline = new Timeline();
      this.turns.set(turn, timeline);
      if (this.turns.size > 4) this.forget(this.turns.keys().next().value!);
    }
    return timeline;
  }

  private forget(turn: string): void {
    this.turns.delete(turn);
    this.over.delete(turn);
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

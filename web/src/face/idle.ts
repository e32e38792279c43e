export type Mood = 'quiet' | 'hearing' | 'thinking' | 'speaking';

/** Weights by ARKit name, and the head: pitch, yaw, roll in radians; x, y, z in metres. */
export interface LivingPose {
  readonly weights: Map<string, number>;
  readonly head: Float32Array;
}

const BLINK_CLOSE_S = 0.07;
const BLINK_HOLD_S = 0.035;
const BLINK_OPEN_S = 0.16;

/**
 * The life of a face for which no frames come: blinks, small looks aside, breath, a head that is
 * never quite still, and a posture for listening and thinking. Time is in seconds and only rises.
 */
export class Idle {
  private nextBlink = 1.2;
  private blinkAt = -1;
  private lookAt = { x: 0, y: 0 };
  private look = { x: 0, y: 0 };
  private nextLook = 2;
  private posture = { hearing: 0, thinking: 0 };
  private last = 0;

  constructor(private readonly random: () => number = Math.random) {}

  at(seconds: number, mood: Mood): LivingPose {
    const dt = Math.min(0.1, Math.max(0, seconds - this.last));
    this.last = seconds;
    this.schedule(seconds, mood);
    this.ease(dt, mood);
    return { weights: this.weights(seconds), head: this.head(seconds) };
  }

  private schedule(t: number, mood: Mood): void {
    if (t >= this.nextBlink) {
      this.blinkAt = t;
      this.nextBlink = t + (this.random() < 0.12 ? 0.38 : 2.2 + 3.6 * this.random());
    }
    if (t < this.nextLook) return;
    const thinking = mood === 'thinking';
    const away = thinking || (mood === 'quiet' && this.random() < 0.3);
    this.lookAt = away
      ? { x: (this.random() - 0.5) * 0.9, y: thinking ? 0.25 + 0.3 * this.random() : (this.random() - 0.6) * 0.3 }
      : { x: (this.random() - 0.5) * 0.08, y: (this.random() - 0.5) * 0.06 };
    this.nextLook = t + (away ? 0.7 + 0.9 * this.random() : 0.6 + 2.2 * this.random());
  }

  private ease(dt: number, mood: Mood): void {
    const saccade = 1 - Math.exp(-dt / 0.028);
    this.look.x += (this.lookAt.x - this.look.x) * saccade;
    this.look.y += (this.lookAt.y - this.look.y) * saccade;
    const slow = 1 - Math.exp(-dt / 0.35);
    this.posture.hearing += ((mood === 'hearing' ? 1 : 0) - this.posture.hearing) * slow;
    this.posture.thinking += ((mood === 'thinking' ? 1 : 0) - this.posture.thinking) * slow;
  }

  private weights(t: number): Map<string, number> {
    const { hearing, thinking } = this.posture;
    const blink = this.blink(t);
    const smile = 0.1 + 0.025 * Math.sin(t * 0.31) + 0.06 * hearing;
    const pairs: [string, number][] = [
      ['eyeBlinkLeft', blink],
      ['eyeBlinkRight', blink],
      ['mouthSmileLeft', smile * 1.05],
      ['mouthSmileRight', smile * 0.95],
      ['browInnerUp', 0.05 + 0.14 * hearing + 0.1 * thinking + 0.03 * Math.sin(t * 0.53)],
      ['browOuterUpLeft', 0.05 * hearing + 0.18 * thinking],
      ['browOuterUpRight', 0.05 * hearing],
      ['mouthPressLeft', 0.18 * thinking],
      ['mouthPressRight', 0.12 * thinking],
    ];
    return new Map([...pairs, ...gaze(this.look)]);
  }

  private blink(t: number): number {
    const since = t - this.blinkAt;
    if (this.blinkAt < 0 || since < 0) return 0;
    if (since < BLINK_CLOSE_S) return ease(since / BLINK_CLOSE_S);
    if (since < BLINK_CLOSE_S + BLINK_HOLD_S) return 1;
    const opening = (since - BLINK_CLOSE_S - BLINK_HOLD_S) / BLINK_OPEN_S;
    return opening < 1 ? 1 - ease(opening) : 0;
  }

  private head(t: number): Float32Array {
    const { hearing, thinking } = this.posture;
    const breath = Math.sin((t * 2 * Math.PI) / 4.2);
    return Float32Array.of(
      0.008 * Math.sin(t * 0.61 + 1) + 0.006 * breath + 0.045 * hearing - 0.05 * thinking,
      0.016 * Math.sin(t * 0.37) + 0.007 * Math.sin(t * 1.13) + 0.1 * this.look.x + 0.05 * thinking,
      0.009 * Math.sin(t * 0.43 + 2) + 0.035 * hearing,
      0.0012 * Math.sin(t * 0.29),
      0.0009 * breath,
      0.0015 * Math.sin(t * 0.33) + 0.006 * hearing,
    );
  }
}

function gaze(look: { x: number; y: number }): [string, number][] {
  const left = Math.max(0, look.x);
  const right = Math.max(0, -look.x);
  const up = Math.max(0, look.y);
  const down = Math.max(0, -look.y);
  return [
    ['eyeLookOutLeft', left], ['eyeLookInRight', left],
    ['eyeLookOutRight', right], ['eyeLookInLeft', right],
    ['eyeLookUpLeft', up], ['eyeLookUpRight', up],
    ['eyeLookDownLeft', down], ['eyeLookDownRight', down],
  ];
}

function ease(t: number): number {
  return t * t * (3 - 2 * t);
}

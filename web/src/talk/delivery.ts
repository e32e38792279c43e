import type { ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import type { Heard, MediaClock } from '../audio/media-clock';
import { Voice } from '../audio/voice';
import { Actor } from '../face/actor';
import { VideoPlayer } from '../video/video-player';

/** Samples a second of the voice. */
export const OUTPUT_HZ = 24_000;

/** The character as it is heard and seen here: its voice, its face, or the server's picture of both. */
export class Delivery implements MediaClock {
  readonly actor = new Actor();
  private readonly voice: Voice;
  private film: VideoPlayer | undefined;

  /**
   * Make it from a click or a key press, so that the voice may be heard.
   *
   * @param before what was heard before the page was loaded again; it is not played once more
   */
  constructor(on: { silent(is: boolean): void; mark(): void; failed(): void }, private readonly before?: Pick<Heard, 'turn' | 'us'>) {
    this.voice = new Voice(OUTPUT_HZ, on);
  }

  now(): Heard | undefined {
    return (this.film ?? this.voice).now();
  }

  /** How loud it is now, 0 to 1. */
  loudness(): number {
    return this.voice.loudness();
  }

  /** Takes the media of an event, if it has any. */
  take({ turnId, mediaTimeUs, event }: ServerEvent): void {
    const us = Number(mediaTimeUs ?? 0n);
    if (event.case === 'sessionStarted' && event.value.face) this.actor.use(event.value.face.blendshapes);
    else if (event.case === 'audioDelta') {
      if (!this.wasHeard(turnId, us)) this.voice.push(turnId, us, event.value.data);
    } else if (event.case === 'faceFrames') this.actor.take(turnId, us, event.value, performance.now() / 1000);
    else if (event.case === 'videoFragment') this.film?.push(turnId, event.value.data, event.value.init, event.value.mimeType);
    else if (event.case === 'interrupted') this.cut(turnId, Number(event.value.atUs));
    else if (event.case === 'turnCompleted') this.end(turnId);
  }

  cut(turn: string, us: number): void {
    this.voice.cut(turn);
    this.film?.cut(turn);
    this.actor.cut(turn, us);
  }

  hold(on: boolean): void {
    this.voice.hold(on);
    this.film?.hold(on);
  }

  /** Shows the server's picture in the element, or the face again; throws where the browser plays none. */
  show(element: HTMLVideoElement | undefined, failed: (why: string) => void): void {
    this.film?.close();
    this.film = undefined;
    if (element) this.film = new VideoPlayer(element, failed);
  }

  wake(): void {
    this.voice.wake();
  }

  async close(): Promise<void> {
    this.film?.close();
    await this.voice.close();
  }

  private end(turn: string): void {
    this.voice.end(turn);
    this.film?.end(turn);
    this.actor.end(turn);
  }

  private wasHeard(turn: string, us: number): boolean {
    return this.before !== undefined && turn === this.before.turn && us < this.before.us;
  }
}

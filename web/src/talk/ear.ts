import { Microphone, MicrophoneFailure } from '../audio/microphone';
import type { Notice, Talk } from './talk';

/** The person's microphone, while it is open. */
export class Ear {
  /** Loudness of the person now, 0 to 1. */
  level = 0;
  private state: Talk['microphone'] = 'off';
  private microphone: Microphone | undefined;

  /** `over` is told when no more sound comes, for whatever reason. */
  constructor(private readonly on: { sound(data: Uint8Array): void; changed(state: Talk['microphone']): void; over(): void; failed(why: Notice): void }) {}

  async toggle(): Promise<void> {
    if (this.state === 'opening') return;
    if (this.microphone) {
      const closing = this.close();
      this.on.over();
      return closing;
    }
    await this.open();
  }

  async close(): Promise<void> {
    const open = this.microphone;
    this.microphone = undefined;
    this.level = 0;
    this.is('off');
    await open?.close();
  }

  private async open(): Promise<void> {
    this.is('opening');
    try {
      this.microphone = await Microphone.open((data, level) => this.hear(data, level), (failure) => this.lost(failure));
      this.is('on');
    } catch (error) {
      this.is('off');
      if (!(error instanceof MicrophoneFailure)) throw error;
      this.on.failed(error);
    }
  }

  private hear(data: Uint8Array, level: number): void {
    this.level = level;
    this.on.sound(data);
  }

  private lost(failure: MicrophoneFailure): void {
    if (!this.microphone) return;
    void this.close();
    this.on.over();
    this.on.failed(failure);
  }

  private is(state: Talk['microphone']): void {
    this.state = state;
    this.on.changed(state);
  }
}

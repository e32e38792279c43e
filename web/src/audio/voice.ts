import type { Heard, MediaClock } from './media-clock';
import { Player } from './player';

/** The character's voice from the first byte on: what comes before the player is open waits for it. */
export class Voice implements MediaClock {
  private player: Player | undefined;
  private waiting: ((player: Player) => void)[] = [];
  private samples = new Float32Array(512);
  private smooth = 0;
  private dead = false;
  private readonly opening: Promise<void>;

  /** Make it from a click or a key press. `silent` says whether the browser keeps the sound off. */
  constructor(rateHz: number, private readonly on: { silent(is: boolean): void; mark(): void; failed(): void }) {
    this.opening = this.open(rateHz);
  }

  push(turn: string, us: number, data: Uint8Array): void {
    this.with((p) => p.push(turn, us, data));
  }

  end(turn: string): void {
    this.with((p) => p.end(turn));
  }

  cut(turn: string): void {
    this.with((p) => p.cut(turn));
  }

  hold(on: boolean): void {
    this.with((p) => p.hold(on));
  }

  now(): Heard | undefined {
    return this.player?.now();
  }

  /** How loud it is now, 0 to 1, smoothed over some 80 ms. */
  loudness(): number {
    if (!this.player) return 0;
    this.player.analyser.getFloatTimeDomainData(this.samples);
    const loud = Math.min(1, 5 * Math.sqrt(this.samples.reduce((sum, v) => sum + v * v, 0) / this.samples.length));
    this.smooth += (loud - this.smooth) * (loud > this.smooth ? 0.4 : 0.12);
    return this.smooth;
  }

  /** Asks the browser for sound again; worth something only from a click or a key press. */
  wake(): void {
    if (this.player && this.player.context.state !== 'running') void this.player.context.resume();
  }

  async close(): Promise<void> {
    await this.opening;
    if (!this.player) return;
    this.player.context.onstatechange = null;
    await this.player.close();
  }

  private async open(rateHz: number): Promise<void> {
    try {
      const player = await Player.open(rateHz);
      player.context.onstatechange = () => this.on.silent(player.context.state !== 'running');
      player.onMark = () => this.on.mark();
      if (player.context.state !== 'running') this.on.silent(true);
      for (const run of this.waiting) run(player);
      this.player = player;
    } catch {
      this.dead = true;
      this.on.failed();
    }
    this.waiting = [];
  }

  private with(run: (player: Player) => void): void {
    if (this.player) run(this.player);
    else if (!this.dead) this.waiting.push(run);
  }
}

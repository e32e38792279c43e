import { MarkClock, type Heard, type MediaClock } from './media-clock';
import type { PlayerCommand } from './playback.worklet';
import type { Mark } from './playback-queue';
import workletUrl from './playback.worklet.ts?worker&url';

/**
 * The character's voice. Make it from a click or a key press, else browsers keep it silent.
 * Positions are those of the loudspeaker (`getOutputTimestamp`), not of the queue.
 */
export class Player implements MediaClock {
  private readonly clock: MarkClock;
  /** Called when playing starts, stops or jumps. */
  onMark: (mark: Mark) => void = () => {};

  private constructor(
    readonly context: AudioContext,
    private readonly node: AudioWorkletNode,
    readonly analyser: AnalyserNode,
  ) {
    this.clock = new MarkClock(context.sampleRate);
    node.port.onmessage = (m: MessageEvent<Mark>) => {
      this.clock.add(m.data);
      this.onMark(m.data);
    };
  }

  static async open(rateHz: number): Promise<Player> {
    const context = new AudioContext({ sampleRate: rateHz, latencyHint: 'interactive' });
    const resumed = context.resume();
    await context.audioWorklet.addModule(workletUrl);
    const node = new AudioWorkletNode(context, 'parley-playback', { numberOfInputs: 0, outputChannelCount: [1] });
    const analyser = context.createAnalyser();
    analyser.fftSize = 512;
    node.connect(analyser).connect(context.destination);
    void resumed.catch(() => undefined);
    return new Player(context, node, analyser);
  }

  /** Adds signed 16-bit mono samples whose first one is at `us`. */
  push(turn: string, us: number, data: Uint8Array): void {
    const copy = data.slice(0, data.length & ~1).buffer;
    this.send({ type: 'push', turn, us, data: copy }, [copy]);
  }

  end(turn: string): void {
    this.send({ type: 'end', turn });
  }

  cut(turn: string): void {
    this.send({ type: 'cut', turn });
  }

  hold(on: boolean): void {
    this.send({ type: 'hold', on });
  }

  now(): Heard | undefined {
    return this.clock.at(this.outputSeconds());
  }

  async close(): Promise<void> {
    this.node.disconnect();
    await this.context.close();
  }

  private outputSeconds(): number {
    const stamp = this.context.getOutputTimestamp?.();
    if (!stamp?.performanceTime) {
      return Math.max(0, this.context.currentTime - (this.context.outputLatency || 0));
    }
    if (this.context.state !== 'running') return stamp.contextTime ?? 0;
    return (stamp.contextTime ?? 0) + (performance.now() - stamp.performanceTime) / 1000;
  }

  private send(command: PlayerCommand, transfer: Transferable[] = []): void {
    this.node.port.postMessage(command, transfer);
  }
}

import { PlaybackQueue } from './playback-queue';

/** What the page tells the player. */
export type PlayerCommand =
  | { type: 'push'; turn: string; us: number; data: ArrayBuffer }
  | { type: 'end'; turn: string }
  | { type: 'cut'; turn: string }
  | { type: 'hold'; on: boolean };

class Playback extends AudioWorkletProcessor {
  private readonly queue = new PlaybackQueue(sampleRate);

  constructor() {
    super();
    this.port.onmessage = (m: MessageEvent<PlayerCommand>) => this.obey(m.data);
  }

  process(_inputs: Float32Array[][], outputs: Float32Array[][]): boolean {
    const out = outputs[0]?.[0];
    if (!out) return true;
    for (const mark of this.queue.render(out, currentFrame)) this.port.postMessage(mark);
    for (const other of outputs[0]!.slice(1)) other.set(out);
    return true;
  }

  private obey(command: PlayerCommand): void {
    if (command.type === 'push') this.queue.push(command.turn, command.us, floats(command.data));
    else if (command.type === 'end') this.queue.end(command.turn);
    else if (command.type === 'cut') this.queue.cut(command.turn);
    else this.queue.hold(command.on, currentFrame);
  }
}

function floats(s16le: ArrayBuffer): Float32Array {
  return Float32Array.from(new Int16Array(s16le), (v) => v / 32768);
}

registerProcessor('parley-playback', Playback);

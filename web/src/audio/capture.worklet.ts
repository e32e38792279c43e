import { Resampler, toS16 } from './resampler';

const OUTPUT_HZ = 16_000;
const CHUNK = 320;

/** Microphone in, 20 ms chunks of 16 kHz s16 out, each with its loudness (RMS, 0 to 1). */
class Capture extends AudioWorkletProcessor {
  private readonly resampler = new Resampler(sampleRate, OUTPUT_HZ);
  private chunk = new Float32Array(CHUNK);
  private filled = 0;

  process(inputs: Float32Array[][]): boolean {
    const channels = inputs[0] ?? [];
    const first = channels[0];
    if (!first) return true;
    for (const sample of this.resampler.process(mixDown(channels, first))) {
      this.chunk[this.filled++] = sample;
      if (this.filled === CHUNK) this.emit();
    }
    return true;
  }

  private emit(): void {
    let energy = 0;
    for (const v of this.chunk) energy += v * v;
    const data = toS16(this.chunk).buffer;
    this.port.postMessage({ data, level: Math.sqrt(energy / CHUNK) }, [data]);
    this.filled = 0;
  }
}

function mixDown(channels: Float32Array[], first: Float32Array): Float32Array {
  if (channels.length === 1) return first;
  return first.map((_, i) => channels.reduce((sum, c) => sum + c[i]!, 0) / channels.length);
}

registerProcessor('parley-capture', Capture);

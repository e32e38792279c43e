const ZERO_CROSSINGS = 16;
const PHASES = 512;

/**
 * Streaming band-limited resampler (windowed sinc, Blackman window) for one channel; any rate to
 * any rate. State is carried between calls, so blocks may have any length.
 */
export class Resampler {
  private readonly step: number;
  private readonly reach: number;
  private readonly table: Float32Array;
  private readonly taps: number;
  private history = new Float32Array(0);
  /** Input position of the next output sample, relative to the start of `history`. */
  private position: number;

  constructor(inputHz: number, outputHz: number) {
    this.step = inputHz / outputHz;
    const cutoff = Math.min(1, outputHz / inputHz) * 0.94;
    this.reach = Math.ceil(ZERO_CROSSINGS / cutoff);
    this.taps = 2 * this.reach;
    this.table = sincTable(this.reach, cutoff);
    this.history = new Float32Array(this.reach);
    this.position = this.reach;
  }

  /** Takes input samples and returns the output samples they complete. */
  process(input: Float32Array): Float32Array {
    const data = new Float32Array(this.history.length + input.length);
    data.set(this.history);
    data.set(input, this.history.length);
    const out: number[] = [];
    while (this.position + this.reach < data.length) {
      out.push(this.sampleAt(data));
      this.position += this.step;
    }
    const drop = Math.max(0, Math.floor(this.position) - this.reach);
    this.history = data.slice(drop);
    this.position -= drop;
    return Float32Array.from(out);
  }

  private sampleAt(data: Float32Array): number {
    let whole = Math.floor(this.position);
    let phase = Math.round((this.position - whole) * PHASES);
    if (phase === PHASES) {
      phase = 0;
      whole += 1;
    }
    const first = whole - this.reach + 1;
    const row = phase * this.taps;
    let sum = 0;
    for (let k = 0; k < this.taps; k++) sum += (data[first + k] ?? 0) * this.table[row + k]!;
    return sum;
  }
}

function sincTable(reach: number, cutoff: number): Float32Array {
  const taps = 2 * reach;
  const table = new Float32Array(PHASES * taps);
  for (let phase = 0; phase < PHASES; phase++) {
    let total = 0;
    for (let k = 0; k < taps; k++) {
      const x = k - reach + 1 - phase / PHASES;
      const u = x / reach;
      const window = Math.abs(u) >= 1 ? 0 : 0.42 + 0.5 * Math.cos(Math.PI * u) + 0.08 * Math.cos(2 * Math.PI * u);
      const a = Math.PI * x * cutoff;
      const value = (Math.abs(a) < 1e-9 ? 1 : Math.sin(a) / a) * window;
      table[phase * taps + k] = value;
      total += value;
    }
    for (let k = 0; k < taps; k++) table[phase * taps + k]! /= total;
  }
  return table;
}

/** Floats from -1 to 1 as signed 16-bit samples; louder ones are clipped. */
export function toS16(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (v) => Math.max(-32768, Math.min(32767, Math.round(v * 32767))));
}

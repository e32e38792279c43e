import { expect, test } from 'vitest';
import { Resampler, toS16 } from '../src/audio/resampler';
import { PlaybackQueue } from '../src/audio/playback-queue';
import { MarkClock } from '../src/audio/media-clock';

const BLOCK = 128;

function sine(hz: number, rate: number, seconds: number): Float32Array {
  return Float32Array.from({ length: rate * seconds }, (_, i) => Math.sin((2 * Math.PI * hz * i) / rate));
}

function resample(input: Float32Array, from: number): Float32Array {
  const resampler = new Resampler(from, 16_000);
  const out: number[] = [];
  for (let i = 0; i < input.length; i += BLOCK) out.push(...resampler.process(input.subarray(i, i + BLOCK)));
  return Float32Array.from(out);
}

function rms(samples: Float32Array): number {
  return Math.sqrt(samples.reduce((sum, v) => sum + v * v, 0) / samples.length);
}

test.each([44_100, 48_000, 96_000])('a tone from %i Hz keeps its loudness and its pitch', (from) => {
  const out = resample(sine(1000, from, 1), from).subarray(1000, 15_000);
  expect(rms(out)).toBeCloseTo(Math.SQRT1_2, 2);
  const crossings = out.reduce((n, v, i) => n + (i > 0 && out[i - 1]! < 0 && v >= 0 ? 1 : 0), 0);
  expect(crossings).toBeGreaterThanOrEqual(874);
  expect(crossings).toBeLessThanOrEqual(876);
});

test('what 16 kHz cannot carry does not come back as another tone', () => {
  expect(rms(resample(sine(11_000, 48_000, 1), 48_000))).toBeLessThan(0.003);
});

test('loud samples are clipped, not wrapped', () => {
  expect([...toS16(Float32Array.of(2, -2, 0))]).toEqual([32767, -32768, 0]);
});

const RATE = 24_000;

function play(queue: PlaybackQueue, blocks: number, from = 0): { samples: number[]; marks: { kind: string; us: number; cause: string }[] } {
  const samples: number[] = [];
  const marks = [];
  for (let i = 0; i < blocks; i++) {
    const out = new Float32Array(BLOCK);
    marks.push(...queue.render(out, from + i * BLOCK));
    samples.push(...out);
  }
  return { samples, marks };
}

function ramp(first: number, count: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => (first + i) / 100_000);
}

test('pieces play one after another without a gap, then the end is told where it was', () => {
  const queue = new PlaybackQueue(RATE);
  queue.push('t', 0, ramp(0, 2400));
  queue.push('t', 100_000, ramp(2400, 2400));
  queue.end('t');
  const { samples, marks } = play(queue, 40);
  expect(samples.slice(0, 4800).every((v, i) => Math.abs(v - i / 100_000) < 1e-6)).toBe(true);
  expect(marks.map((m) => [m.kind, m.cause, Math.round(m.us)])).toEqual([['run', 'start', 0], ['stand', 'end', 200_000]]);
});

test('audio that is sent again after a lost connection is heard once', () => {
  const queue = new PlaybackQueue(RATE);
  queue.push('t', 0, ramp(0, 2400));
  queue.push('t', 0, ramp(0, 2400));
  queue.push('t', 50_000, ramp(1200, 2400));
  queue.end('t');
  const { marks } = play(queue, 60);
  expect(marks.at(-1)?.us).toBeCloseTo(150_000, -1);
});

test('a cut is silent within 6 ms and the turn is not taken up again', () => {
  const queue = new PlaybackQueue(RATE);
  queue.push('t', 0, new Float32Array(24_000).fill(0.5));
  play(queue, 10);
  queue.cut('t');
  queue.push('t', 1_000_000, new Float32Array(24_000).fill(0.5));
  const { samples } = play(queue, 20, 10 * BLOCK);
  expect(samples.slice(Math.round(0.006 * RATE)).every((v) => v === 0)).toBe(true);
});

test('a hold keeps what is queued and goes on where it stood', () => {
  const queue = new PlaybackQueue(RATE);
  queue.push('t', 0, ramp(0, 4800));
  play(queue, 10);
  queue.hold(true, 1280);
  expect(play(queue, 5, 1280).samples.every((v) => v === 0)).toBe(true);
  queue.hold(false, 1920);
  expect(play(queue, 1, 1920).samples[0]).toBeCloseTo(1280 / 100_000, 6);
});

test('the clock says what is heard, not what was queued', () => {
  const clock = new MarkClock(RATE);
  clock.add({ kind: 'run', turn: 't', us: 0, frame: 24_000, cause: 'start' });
  clock.add({ kind: 'stand', turn: 't', us: 500_000, frame: 36_000, cause: 'underrun' });
  expect(clock.at(0.5)).toBeUndefined();
  expect(clock.at(1.25)).toEqual({ turn: 't', us: 250_000, running: true });
  expect(clock.at(9)).toEqual({ turn: 't', us: 500_000, running: false });
});

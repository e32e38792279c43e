import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Where avatars and poses are. */
export const AVATARS = join(import.meta.dirname, '..', '..', 'avatars');
/** Samples a second. */
export const RATE = 24_000;
export const STEP_US = 20_000;
export const WORD_US = 340_000;

const poses = JSON.parse(readFileSync(join(AVATARS, 'poses.json'), 'utf8')) as { visemes: Record<string, Record<string, number>> };
export const SHAPES = [...new Set(['eyeBlinkLeft', 'eyeBlinkRight', ...Object.values(poses.visemes).flatMap((v) => Object.keys(v))])];
const SYLLABLES = ['aa', 'DD', 'oh', 'PP', 'E', 'SS', 'ou', 'kk', 'ih', 'FF'];

/** A "voice": one step of a tone that swells with each word. */
export function tone(us: number): Uint8Array {
  const n = (RATE * STEP_US) / 1e6;
  const first = (us * RATE) / 1e6;
  return new Uint8Array(Int16Array.from({ length: n }, (_, i) => {
    const t = (first + i) / RATE;
    return 5000 * Math.sin(2 * Math.PI * 180 * t) * (0.55 - 0.45 * Math.cos((2 * Math.PI * t * 1e6) / WORD_US));
  }).buffer);
}

/** A "face": mouth shapes one after another. */
export function face(us: number) {
  const phase = us / (WORD_US / 2);
  const a = poses.visemes[SYLLABLES[Math.floor(phase) % SYLLABLES.length]!]!;
  const b = poses.visemes[SYLLABLES[(Math.floor(phase) + 1) % SYLLABLES.length]!]!;
  const t = (phase % 1) ** 2 * (3 - 2 * (phase % 1));
  return {
    weights: SHAPES.map((n) => (a[n] ?? 0) * (1 - t) + (b[n] ?? 0) * t),
    head: [0.03 * Math.sin(us / 4e5), 0.06 * Math.sin(us / 7e5), 0.02 * Math.sin(us / 9e5), 0, 0, 0],
    frameCount: 1,
    frameRateHz: 50,
  };
}

export function receipt(heard: number, cut: number) {
  const ms = (n: number) => ({ seconds: BigInt(Math.floor(n / 1000)), nanos: (n % 1000) * 1e6 });
  return {
    thinker: 'grounded', voiceId: 'slt', wordsHeard: heard, wordsCut: cut, firstAudio: ms(84), firstFace: ms(96),
    stages: [
      { name: 'listen', start: ms(0), duration: ms(46), engine: 'pocketsphinx' },
      { name: 'recall', start: ms(46), duration: ms(21), engine: 'lucene' },
      { name: 'think', start: ms(60), duration: ms(210), firstResult: ms(14), engine: 'grounded' },
      { name: 'speak', start: ms(80), duration: ms(320), firstResult: ms(12), engine: 'flite' },
      { name: 'animate', start: ms(92), duration: ms(350), firstResult: ms(6), engine: 'visemes' },
    ],
    recalled: [{ memoryId: 'm1', text: 'You like long walks by the sea.', score: 0.82 }],
  };
}

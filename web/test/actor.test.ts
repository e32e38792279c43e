import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { Actor } from '../src/face/actor';
import { FaceFramesSchema } from '../src/gen/parley/conversation/v1/event_pb.js';

/** Frames of one blendshape that has the same weight in all of them, and a head at rest. */
function frames(weight: number, count: number, segmentId = '') {
  return create(FaceFramesSchema, {
    segmentId, frameCount: count, frameRateHz: 30, weights: Array(count).fill(weight), head: Array(count * 6).fill(0),
  });
}

function actor(): Actor {
  const one = new Actor(() => 0.5);
  one.use(['jawOpen']);
  return one;
}

const jaw = (one: Actor, seconds: number, heard?: { turn: string; us: number; running: boolean }) =>
  one.at(seconds, heard, 'quiet').weights.get('jawOpen') ?? 0;

test('a turn that was heard out leads no longer, though its clock stands at its last frame', () => {
  const one = actor();
  one.take('turn', 0, frames(0.8, 30), 0);
  expect(jaw(one, 0.5, { turn: 'turn', us: 500_000, running: true })).toBeCloseTo(0.8);
  one.end('turn');
  const out = { turn: 'turn', us: 966_000, running: false };
  jaw(one, 1, out);
  expect(jaw(one, 1.5, out)).toBe(0);
  one.take('', 0, frames(0.3, 60, 'idle'), 2);
  jaw(one, 2.2, out);
  expect(jaw(one, 2.5, out)).toBeCloseTo(0.3);
});

test('an interrupted turn leads no longer', () => {
  const one = actor();
  one.take('turn', 0, frames(0.8, 30), 0);
  jaw(one, 0.5, { turn: 'turn', us: 500_000, running: true });
  one.cut('turn', 500_000);
  jaw(one, 0.6, { turn: 'turn', us: 500_000, running: false });
  expect(jaw(one, 1, { turn: 'turn', us: 500_000, running: false })).toBe(0);
});

test('a turn that waits for more holds its pose', () => {
  const one = actor();
  one.take('turn', 0, frames(0.8, 30), 0);
  jaw(one, 0.5, { turn: 'turn', us: 500_000, running: true });
  expect(jaw(one, 3, { turn: 'turn', us: 960_000, running: false })).toBeCloseTo(0.8);
});

test('from one to the next the face moves, it does not jump', () => {
  const one = actor();
  one.take('', 0, frames(0.2, 300, 'idle'), 0);
  jaw(one, 1);
  jaw(one, 2);
  one.take('turn', 0, frames(1, 30), 2);
  const speaking = { turn: 'turn', us: 0, running: true };
  expect(jaw(one, 2.01, speaking)).toBeCloseTo(0.2);
  expect(jaw(one, 2.09, speaking)).toBeCloseTo(0.6, 1);
  expect(jaw(one, 2.2, { ...speaking, us: 200_000 })).toBeCloseTo(1);
});

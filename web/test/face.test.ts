import { Box3, BufferAttribute, BufferGeometry, Vector3 } from 'three';
import { describe, expect, it } from 'vitest';
import { Lens } from '../src/face/lens';
import { LAMPS } from '../src/face/lights';
import { Pace } from '../src/face/pace';
import { Blendshapes } from '../src/face/processor/blendshapes';
import { complete } from '../src/face/processor/geometry';
import type { Caster } from '../src/face/processor/depths';
import { shadows } from '../src/face/processor/shadows';

const CENTER = new Vector3(0, 0.63, 0.11);

describe('blendshapes added up by the page', () => {
  const geometry = (): BufferGeometry => {
    const made = new BufferGeometry();
    made.setAttribute('position', new BufferAttribute(Float32Array.of(0, 0, 0, 1, 1, 1), 3));
    made.setAttribute('normal', new BufferAttribute(Float32Array.of(0, 0, 1, 0, 0, 1), 3));
    made.morphAttributes = {
      position: [new BufferAttribute(Float32Array.of(0, 0, 0, 0, -1, 0), 3), new BufferAttribute(Float32Array.of(2, 0, 0, 2, 0, 0), 3)],
      normal: [new BufferAttribute(Float32Array.of(0, 0, 0, 0, 1, 0), 3), new BufferAttribute(new Float32Array(6), 3)],
    };
    return made;
  };

  it('move and bend what they name, by their weights, from rest', () => {
    const face = geometry();
    const shapes = new Blendshapes(face, { jawOpen: 0, jawLeft: 1 });
    shapes.pose(new Map([['jawOpen', 1]]));
    shapes.pose(new Map([['jawOpen', 0.5], ['jawLeft', 0.25]]));
    expect([...face.getAttribute('position').array]).toEqual([0.5, 0, 0, 1.5, 0.5, 1]);
    expect([...face.getAttribute('normal').array]).toEqual([0, 0, 1, 0, 0.5, 1]);
    expect(face.morphAttributes).toEqual({});
  });

  it('send nothing to be drawn anew while the pose stays', () => {
    const face = geometry();
    const shapes = new Blendshapes(face, { jawOpen: 0, jawLeft: 1 });
    shapes.pose(new Map([['jawOpen', 1]]));
    const sent = (face.getAttribute('position') as BufferAttribute).version;
    shapes.pose(new Map([['jawOpen', 1], ['unknown', 1]]));
    expect((face.getAttribute('position') as BufferAttribute).version).toBe(sent);
  });
});

it('a geometry without index, normals or texture coordinates gets them', () => {
  const bare = new BufferGeometry();
  bare.setAttribute('position', new BufferAttribute(Float32Array.of(0, 0, 0, 1, 0, 0, 0, 1, 0), 3));
  complete(bare);
  expect([...bare.index!.array]).toEqual([0, 1, 2]);
  expect([...bare.getAttribute('normal').array]).toEqual([0, 0, 1, 0, 0, 1, 0, 0, 1]);
  expect(bare.getAttribute('uv').count).toBe(3);
});

describe('shadows at the vertices', () => {
  /** A square across the way of the key lamp, so far from the middle of the face, facing the lamp. */
  const square = (metres: number, half: number, solid = true): Caster => {
    const towards = new Vector3(...LAMPS[0].at).normalize();
    const right = new Vector3(towards.z, 0, -towards.x).normalize();
    const up = towards.clone().cross(right);
    const corners = [[-1, -1], [1, -1], [1, 1], [-1, 1], [0, 0]].map(([x, y]) =>
      CENTER.clone().addScaledVector(towards, metres).addScaledVector(right, x! * half).addScaledVector(up, y! * half));
    return {
      positions: corners.flatMap((c) => c.toArray()), normals: corners.flatMap(() => towards.toArray()),
      uvs: new Array<number>(10).fill(0.5), indices: [0, 1, 4, 1, 2, 4, 2, 3, 4, 3, 0, 4], casts: true, twoSided: false, solid: () => solid,
    };
  };

  it('lie where something stands before the lamp, and nowhere else', () => {
    const [skin, hair] = shadows(LAMPS[0], [square(0, 0.2), square(0.1, 0.05)], CENTER);
    expect(skin![4]).toBeCloseTo(1 - LAMPS[0].shadow!.intensity);
    expect([...skin!.slice(0, 4), ...hair!]).toEqual(new Array<number>(9).fill(1));
  });

  it('are not thrown by what cannot be seen', () => {
    expect(shadows(LAMPS[0], [square(0, 0.2), square(0.1, 0.05, false)], CENTER)[0]![4]).toBe(1);
  });
});

describe('the pane that a processor draws', () => {
  const bounds = new Box3(new Vector3(-0.285, 0.32, 0.01), new Vector3(0.285, 0.79, 0.11));

  it('holds the bust and is a third of a desktop stage', () => {
    const lens = new Lens();
    Object.assign(lens, { size: { width: 1100, height: 760 }, room: { above: 64, below: 238 }, center: CENTER });
    const pane = lens.paneOf(bounds);
    expect(pane.left).toBeGreaterThan(150);
    expect(pane.left + pane.width).toBeCloseTo(1100 - pane.left, -1);
    expect(pane.top).toBeGreaterThan(64);
    expect(pane.width * pane.height).toBeLessThan(0.5 * 1100 * 760);
  });

  it('stays on a narrow stage', () => {
    const lens = new Lens();
    Object.assign(lens, { size: { width: 390, height: 844 }, room: { above: 64, below: 238 }, center: CENTER });
    const { left, top, width, height } = lens.paneOf(bounds);
    expect([left, width]).toEqual([0, 390]);
    expect(top + height).toBeLessThanOrEqual(844);
  });
});

describe('the pace of pictures', () => {
  const pose = (jaw: number) => ({ weights: new Map([['jawOpen', jaw]]), head: new Float32Array(6) });
  /** How many pictures come of a second of the screen's, each done in time. */
  const pictures = (pace: Pace, jaw: (now: number) => number): number => {
    let count = 0;
    for (let i = 0; i < 60; i++) if (pace.mayDraw(5 + i / 60) && pace.isSeen(5 + i / 60, pose(jaw(i / 60)))) count++;
    return count;
  };

  it('is the screen’s with a graphics card', () => expect(pictures(new Pace(false), () => 0)).toBe(60));

  it('is 24 a second by a processor in motion, and half of that at rest', () => {
    expect(pictures(new Pace(true), (now) => Math.sin(9 * now))).toBeGreaterThan(21);
    expect(pictures(new Pace(true), (now) => Math.sin(9 * now))).toBeLessThan(26);
    expect(pictures(new Pace(true), () => 0.2)).toBeLessThan(14);
  });

  it('leaves a busy machine twice the time a picture took', () => {
    const pace = new Pace(false);
    pace.isSeen(1, pose(0));
    expect(pace.mayDraw(1.2)).toBe(false);
    expect(pace.mayDraw(1.3)).toBe(false);
    expect(pace.mayDraw(1.45)).toBe(true);
  });
});

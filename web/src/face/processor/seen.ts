import { Vector3 } from 'three';
import { SHADOW_REACH_M } from '../lights';
import { Depths, type Caster } from './depths';

/** As far as a head turns before the camera, and a little further: sideways, up and down. */
export const ALL_ROUND: readonly Vector3[] = [[0, 0], [0.4, 0], [-0.4, 0], [0, 0.25], [0, -0.25]].map(([x, y]) => new Vector3(x, y, 1).normalize());
const CELLS = 256;
const LIFT_M = 0.001;
const BIAS_M = 0.0025;
/** Corners, the middle, and the middles of the sides. */
const PLACES = [[1, 0, 0], [0, 1, 0], [0, 0, 1], [1 / 3, 1 / 3, 1 / 3], [0.5, 0.5, 0], [0, 0.5, 0.5], [0.5, 0, 0.5]] as const;
/** What looks away by more than this is seen from no view. */
const AWAY = -0.1;

/** Which triangles of each part may be seen from the front. */
export class Seen {
  private readonly flags: readonly Uint8Array[];
  /** Places on the triangle that is asked for, as vertices. */
  private readonly probe = { positions: new Float32Array(3 * PLACES.length), normals: new Float32Array(3 * PLACES.length) };

  /** @param hiders what may stand before the parts, themselves among them */
  constructor(private readonly parts: readonly Caster[], private readonly hiders: readonly Caster[]) {
    this.flags = parts.map((p) => new Uint8Array(p.indices.length / 3));
  }

  /** Adds what is seen now, as the parts stand and hide each other. */
  look(center: Vector3, views: readonly Vector3[]): void {
    for (const towards of views) {
      const depths = new Depths(towards, center, CELLS, SHADOW_REACH_M);
      for (const part of this.hiders) if (part.casts) depths.draw(part);
      this.parts.forEach((part, i) => this.mark(depths, part, this.flags[i]!));
    }
  }

  /** Numbers of the triangles of a part that may be seen. */
  triangles(i: number): number[] {
    return [...this.flags[i]!.keys()].filter((t) => this.flags[i]![t]);
  }

  private mark(depths: Depths, part: Caster, flags: Uint8Array): void {
    for (let t = 0; t < flags.length; t++) {
      if (flags[t]) continue;
      this.take(part, t);
      for (let k = 0; k < PLACES.length && !flags[t]; k++) {
        if (!part.twoSided && depths.facing(this.probe, k) < AWAY) continue;
        if (depths.nearly(this.probe, k, LIFT_M, BIAS_M)) flags[t] = 1;
      }
    }
  }

  private take({ positions, normals, indices }: Caster, t: number): void {
    const { probe } = this;
    const [a, b, c] = [3 * indices[3 * t]!, 3 * indices[3 * t + 1]!, 3 * indices[3 * t + 2]!];
    PLACES.forEach(([u, v, w], k) => {
      for (let axis = 0; axis < 3; axis++) {
        probe.positions[3 * k + axis] = u * positions[a + axis]! + v * positions[b + axis]! + w * positions[c + axis]!;
        probe.normals[3 * k + axis] = u * normals[a + axis]! + v * normals[b + axis]! + w * normals[c + axis]!;
      }
    });
  }
}

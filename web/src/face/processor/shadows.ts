import type { Vector3 } from 'three';
import { direction, LAMPS, SHADOW_REACH_M, type Lamp } from '../lights';
import { Depths, type Caster } from './depths';

const CELLS = 512;

/**
 * How much of a lamp arrives at each vertex of each part, 0 to 1, from one depth picture. Worked
 * out once, for a head at rest: it turns by a few degrees only.
 */
export function shadows(lamp: Lamp, parts: readonly Caster[], center: Vector3): Float32Array[] {
  if (!lamp.shadow) return parts.map((p) => new Float32Array(p.positions.length / 3).fill(1));
  const depths = new Depths(direction(lamp), center, CELLS, SHADOW_REACH_M);
  for (const part of parts) if (part.casts) depths.draw(part);
  const dark = 1 - lamp.shadow.intensity;
  return parts.map((part) => Float32Array.from({ length: part.positions.length / 3 }, (_, v) => dark + (1 - dark) * depths.reached(part, v)));
}

/** All lamps, in their order. */
export function allShadows(parts: readonly Caster[], center: Vector3): Float32Array[][] {
  return LAMPS.map((lamp) => shadows(lamp, parts, center));
}

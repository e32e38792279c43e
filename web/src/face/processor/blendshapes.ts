import type { BufferAttribute, BufferGeometry } from 'three';

/** What one shape moves: vertices, and six numbers for each (position and normal). */
interface Shape {
  readonly name: string;
  readonly vertices: Uint32Array;
  readonly moves: Float32Array;
}

/** Weights under this move nothing that is seen. */
const LEAST = 0.001;

/**
 * Blendshapes added up here, touching only what they move: a processor that plays graphics card
 * would look up every shape at every vertex.
 */
export class Blendshapes {
  private readonly shapes: readonly Shape[];
  private readonly position: BufferAttribute;
  private readonly normal: BufferAttribute;
  private readonly rest: { readonly position: Float32Array; readonly normal: Float32Array };
  private last: readonly number[] = [];

  /** Takes the shapes out of the geometry, whose positions and normals it writes from now on. */
  constructor(geometry: BufferGeometry, dictionary: Record<string, number>) {
    this.position = geometry.getAttribute('position') as BufferAttribute;
    this.normal = geometry.getAttribute('normal') as BufferAttribute;
    this.rest = { position: this.position.array.slice() as Float32Array, normal: this.normal.array.slice() as Float32Array };
    const { position = [], normal = [] } = geometry.morphAttributes;
    this.shapes = Object.entries(dictionary).map(([name, i]) => sparse(name, position[i]!.array, normal[i]?.array));
    geometry.morphAttributes = {};
  }

  pose(weights: ReadonlyMap<string, number>): void {
    const now = this.shapes.map(({ name }) => weights.get(name) ?? 0);
    if (now.every((w, i) => Math.abs(w - (this.last[i] ?? 0)) < LEAST / 4)) return;
    this.last = now;
    const p = this.position.array;
    const n = this.normal.array;
    p.set(this.rest.position);
    n.set(this.rest.normal);
    this.shapes.forEach((shape, i) => {
      if (now[i]! > LEAST) add(shape, now[i]!, p as Float32Array, n as Float32Array);
    });
    this.position.needsUpdate = true;
    this.normal.needsUpdate = true;
  }
}

function add({ vertices, moves }: Shape, weight: number, p: Float32Array, n: Float32Array): void {
  for (let k = 0, m = 0; k < vertices.length; k++, m += 6) {
    const v = vertices[k]!;
    p[v] = p[v]! + weight * moves[m]!;
    p[v + 1] = p[v + 1]! + weight * moves[m + 1]!;
    p[v + 2] = p[v + 2]! + weight * moves[m + 2]!;
    n[v] = n[v]! + weight * moves[m + 3]!;
    n[v + 1] = n[v + 1]! + weight * moves[m + 4]!;
    n[v + 2] = n[v + 2]! + weight * moves[m + 5]!;
  }
}

/** Keeps the vertices that a shape moves or bends; their numbers are those of their first float. */
function sparse(name: string, p: ArrayLike<number>, n: ArrayLike<number> | undefined): Shape {
  const vertices: number[] = [];
  const moves: number[] = [];
  for (let v = 0; v < p.length; v += 3) {
    const six = [p[v]!, p[v + 1]!, p[v + 2]!, n?.[v] ?? 0, n?.[v + 1] ?? 0, n?.[v + 2] ?? 0];
    if (six.every((x) => x === 0)) continue;
    vertices.push(v);
    moves.push(...six);
  }
  return { name, vertices: Uint32Array.from(vertices), moves: Float32Array.from(moves) };
}

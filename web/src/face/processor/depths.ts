import type { Vector3 } from 'three';

/** Vertices: numbers in threes, metres. */
export interface Vertices {
  readonly positions: ArrayLike<number>;
  readonly normals: ArrayLike<number>;
}

/** A part as lamps and eyes see it: uvs in twos, triangles in threes. */
export interface Caster extends Vertices {
  readonly uvs: ArrayLike<number>;
  readonly indices: ArrayLike<number>;
  /** Whether it throws a shadow, and hides what is behind. */
  readonly casts: boolean;
  readonly twoSided: boolean;
  /** Whether the part is there, at texture coordinates. */
  readonly solid: (u: number, v: number) => boolean;
}

/** Half the width of the soft neighbourhood, in steps of two cells. */
const SOFT = 3;
const OFF_SURFACE_M = 0.004;
const BIAS_M = 0.0025;

/** Parts in parallel projection: how near to a far-off lamp or eye the nearest of each cell is. */
export class Depths {
  private readonly nearest: Float32Array;
  private readonly axes: readonly [Vector3, Vector3, Vector3];
  private readonly at = new Float64Array(9);
  private readonly scale: number;

  /** @param towards unit vector towards the lamp or eye; @param size cells across, `reachM` metres to each side */
  constructor(private readonly towards: Vector3, private readonly center: Vector3, private readonly size: number, reachM: number) {
    this.nearest = new Float32Array(size * size).fill(-Infinity);
    this.scale = size / (2 * reachM);
    const right = towards.clone().set(towards.z, 0, -towards.x).normalize();
    this.axes = [right, towards.clone().cross(right), towards];
  }

  draw(part: Caster): void {
    const { indices, positions: p } = part;
    for (let t = 0; t < indices.length; t += 3) {
      if (!part.solid(middle(part, t, 0), middle(part, t, 1))) continue;
      for (let k = 0; k < 3; k++) {
        const v = 3 * indices[t + k]!;
        this.project(p[v]!, p[v + 1]!, p[v + 2]!, 3 * k);
      }
      this.fill();
    }
  }

  /** The share of the soft neighbourhood of a vertex that is reached. */
  reached({ positions: p, normals: n }: Vertices, vertex: number): number {
    const v = 3 * vertex;
    this.project(p[v]! + OFF_SURFACE_M * n[v]!, p[v + 1]! + OFF_SURFACE_M * n[v + 1]!, p[v + 2]! + OFF_SURFACE_M * n[v + 2]!, 0);
    const [x, y, z] = this.at as unknown as [number, number, number];
    let count = 0;
    for (let dy = -SOFT; dy <= SOFT; dy++) {
      const row = this.cell(y + 2 * dy) * this.size;
      for (let dx = -SOFT; dx <= SOFT; dx++) if (this.nearest[row + this.cell(x + 2 * dx)]! <= z + BIAS_M) count++;
    }
    return count / (2 * SOFT + 1) ** 2;
  }

  /** Whether a vertex is reached, or a place three cells off would be. */
  nearly({ positions: p, normals: n }: Vertices, vertex: number, liftM: number, biasM: number): boolean {
    const v = 3 * vertex;
    this.project(p[v]! + liftM * n[v]!, p[v + 1]! + liftM * n[v + 1]!, p[v + 2]! + liftM * n[v + 2]!, 0);
    const [x, y, z] = this.at as unknown as [number, number, number];
    for (let dy = -3; dy <= 3; dy += 3) {
      const row = this.cell(y + dy) * this.size;
      for (let dx = -3; dx <= 3; dx += 3) if (this.nearest[row + this.cell(x + dx)]! <= z + biasM) return true;
    }
    return false;
  }

  /** Cosine between a vertex's normal and the way to the lamp or eye. */
  facing({ normals: n }: Vertices, vertex: number): number {
    const v = 3 * vertex;
    return n[v]! * this.towards.x + n[v + 1]! * this.towards.y + n[v + 2]! * this.towards.z;
  }

  /** Cells across and up, and metres towards the lamp, to `at`. */
  private project(x: number, y: number, z: number, to: number): void {
    const dx = x - this.center.x;
    const dy = y - this.center.y;
    const dz = z - this.center.z;
    for (let i = 0; i < 3; i++) {
      const axis = this.axes[i]!;
      const metres = dx * axis.x + dy * axis.y + dz * axis.z;
      this.at[to + i] = i < 2 ? this.size / 2 + metres * this.scale : metres;
    }
  }

  private fill(): void {
    const [ax, ay, az, bx, by, bz, cx, cy, cz] = this.at as unknown as Nine;
    const area = (cx - ax) * (by - ay) - (bx - ax) * (cy - ay);
    if (area === 0) return;
    const right = this.cell(Math.max(ax, bx, cx) + 1);
    const top = this.cell(Math.max(ay, by, cy) + 1);
    for (let y = this.cell(Math.min(ay, by, cy)); y <= top; y++) {
      for (let x = this.cell(Math.min(ax, bx, cx)); x <= right; x++) {
        const b = ((cx - ax) * (y - ay) - (x - ax) * (cy - ay)) / area;
        const c = ((x - ax) * (by - ay) - (bx - ax) * (y - ay)) / area;
        if (b < 0 || c < 0 || b + c > 1) continue;
        const near = az + b * (bz - az) + c * (cz - az);
        const cell = y * this.size + x;
        if (near > this.nearest[cell]!) this.nearest[cell] = near;
      }
    }
  }

  private cell(at: number): number {
    return Math.min(this.size - 1, Math.max(0, Math.floor(at)));
  }
}

type Nine = [number, number, number, number, number, number, number, number, number];

function middle({ indices, uvs }: Caster, t: number, axis: 0 | 1): number {
  return (uvs[2 * indices[t]! + axis]! + uvs[2 * indices[t + 1]! + axis]! + uvs[2 * indices[t + 2]! + axis]!) / 3;
}

import {
  Box3, BufferAttribute, DoubleSide, Mesh, Vector3, type BufferGeometry, type MeshStandardMaterial, type ShaderMaterial, type Texture,
} from 'three';
import type { Model } from '../model';
import { Blendshapes } from './blendshapes';
import type { Caster } from './depths';
import { complete } from './geometry';
import { mask, paintOf } from './paint';
import { Pixels } from './pixels';
import { ALL_ROUND, Seen } from './seen';
import { allShadows } from './shadows';

/** Poses that show what the face at rest hides. */
const POSES = [
  {}, { jawOpen: 0.8, mouthUpperUpLeft: 0.6, mouthUpperUpRight: 0.6, mouthLowerDownLeft: 0.6, mouthLowerDownRight: 0.6, mouthStretchLeft: 0.5, mouthStretchRight: 0.5 },
  { jawOpen: 0.5, mouthFunnel: 0.9, tongueOut: 0.3 }, { eyeBlinkLeft: 1, eyeBlinkRight: 1, mouthSmileLeft: 0.8, mouthSmileRight: 0.8, mouthUpperUpLeft: 0.5, mouthUpperUpRight: 0.5 },
];

/** Without one of these the lips meet, and nobody sees what is behind them. */
const OPENING = ['jawOpen', 'mouthUpperUpLeft', 'mouthUpperUpRight', 'mouthLowerDownLeft', 'mouthLowerDownRight', 'mouthFunnel', 'mouthShrugUpper', 'mouthStretchLeft', 'mouthStretchRight', 'tongueOut'];
const SHUT = 0.01;

/** A lock that faces the viewer by less than this cosine is a line of dots, and left out. */
const EDGEWISE = 0.1;

/** One part, and what its textures say at its vertices. */
interface Part {
  readonly mesh: Mesh<BufferGeometry, MeshStandardMaterial>;
  readonly caster: Caster;
  readonly colours: Pixels | undefined;
  readonly surface: Pixels | undefined;
}

/**
 * A model made light enough for a processor to draw: without what nobody sees, its light at the
 * vertices, clothes and head apart, since clothes never move.
 */
export class LightFace {
  /** What is seen of clothes and of the head, metres. */
  readonly bounds: { readonly still: Box3; readonly moving: Box3 };
  private readonly parts: readonly Part[];
  private readonly shapes: readonly Blendshapes[];
  private readonly masks: readonly Mesh[];

  constructor(readonly model: Model) {
    const parts: Part[] = [];
    model.root.traverse((o) => o instanceof Mesh && parts.push(part(o as Part['mesh'])));
    this.parts = parts;
    const lamps = allShadows(parts.map((p) => p.caster), model.center);
    this.shapes = parts.flatMap(({ mesh }) => (mesh.morphTargetDictionary ? [new Blendshapes(mesh.geometry, mesh.morphTargetDictionary)] : []));
    leaveOutTheUnseen(parts, model.center, this.shapes);
    parts.forEach((p, i) => dress(p, lamps.map((l) => l[i]!), model));
    this.masks = parts.filter(isStill).map((p) => mask(p.mesh.geometry));
    if (this.masks.length) model.root.add(...this.masks);
    this.bounds = { still: boundsOf(parts.filter(isStill), model.floor), moving: boundsOf(parts.filter((p) => !isStill(p)), model.floor) };
  }

  /** Shows the clothes alone, or the head as the clothes leave it to be seen. */
  show(what: 'still' | 'moving'): void {
    for (const p of this.parts) p.mesh.visible = isStill(p) === (what === 'still');
    for (const one of this.masks) one.visible = what === 'moving';
  }

  pose(weights: ReadonlyMap<string, number>): void {
    for (const shape of this.shapes) shape.pose(weights);
    const open = OPENING.some((name) => (weights.get(name) ?? 0) > SHUT);
    for (const p of this.parts) if (isInMouth(p)) p.mesh.visible = open;
  }

  dispose(): void {
    for (const { mesh } of this.parts) {
      mesh.geometry.dispose();
      for (const material of [mesh.material].flat() as unknown as ShaderMaterial[]) {
        (material.uniforms.map!.value as Texture | null)?.dispose();
        material.dispose();
      }
    }
    for (const one of this.masks) (one.material as ShaderMaterial).dispose();
  }
}

const isStill = (p: Part): boolean => /cloth/.test(p.mesh.name);
const isInMouth = (p: Part): boolean => /teeth|tongue/.test(p.mesh.name);

function part(mesh: Part['mesh']): Part {
  const { geometry, material } = mesh;
  complete(geometry);
  const colours = material.alphaTest > 0 ? Pixels.of(material.map) : undefined;
  const at = (name: string): ArrayLike<number> => (geometry.getAttribute(name) as BufferAttribute).array;
  const caster: Caster = {
    positions: at('position'), normals: at('normal'), uvs: at('uv'), indices: geometry.index!.array,
    casts: !/lash|brow|eye/.test(mesh.name), twoSided: material.side === DoubleSide,
    solid: (u, v) => !colours || colours.at(u, v, 3) > material.alphaTest,
  };
  return { mesh, caster, colours, surface: Pixels.of(material.roughnessMap ?? material.aoMap) };
}

/**
 * Keeps the triangles that somebody before the face may see, the nearest first: what they hide is
 * then not painted. Clothes are drawn without the head.
 */
function leaveOutTheUnseen(parts: readonly Part[], center: Vector3, shapes: readonly Blendshapes[]): void {
  const clothes = parts.filter(isStill);
  const head = parts.filter((p) => !isStill(p));
  const alone = new Seen(clothes.map((p) => p.caster), clothes.map((p) => p.caster));
  const worn = new Seen(head.map((p) => p.caster), parts.map((p) => p.caster));
  alone.look(center, ALL_ROUND);
  POSES.forEach((pose, i) => {
    for (const shape of shapes) shape.pose(new Map(Object.entries(pose)));
    worn.look(center, i ? ALL_ROUND.slice(0, 3) : ALL_ROUND);
  });
  for (const shape of shapes) shape.pose(new Map());
  clothes.forEach((p, i) => keep(p, alone.triangles(i)));
  head.forEach((p, i) => keep(p, worn.triangles(i)));
}

/** Leaves these triangles of a part, those without holes as a group of their own. */
function keep(part: Part, triangles: readonly number[]): void {
  const { mesh: { geometry, material }, caster: { positions, indices } } = part;
  const nearness = (t: number): number => [0, 1, 2].reduce((sum, k) => sum + positions[3 * indices[3 * t + k]! + 2]!, 0);
  const sorted = triangles.map((t) => ({ t, near: nearness(t), ...holes(part, t) })).filter(({ t, most }) => most > material.alphaTest / 2 && (!material.alphaTest || facing(part.caster, t) > EDGEWISE));
  if (!material.transparent) sorted.sort((a, b) => b.near - a.near);
  const whole = sorted.filter(({ least }) => least > material.alphaTest);
  const kept = [...whole, ...sorted.filter(({ least }) => least <= material.alphaTest)];
  geometry.setIndex(new BufferAttribute(Uint32Array.from(kept.flatMap(({ t }) => [indices[3 * t]!, indices[3 * t + 1]!, indices[3 * t + 2]!])), 1));
  if (material.alphaTest === 0) return;
  geometry.clearGroups();
  geometry.addGroup(0, 3 * whole.length, 0);
  geometry.addGroup(3 * whole.length, 3 * (kept.length - whole.length), 1);
}

/** Cosine between a triangle's own plane and the picture's. */
function facing({ positions, indices }: Caster, t: number): number {
  const [a, b, c] = [0, 1, 2].map((k) => new Vector3().fromArray(positions as number[], 3 * indices[3 * t + k]!)) as [Vector3, Vector3, Vector3];
  return Math.abs(b.sub(a).cross(c.sub(a)).normalize().z);
}

/** The least and the greatest alpha where a triangle lies. */
function holes({ caster: { uvs, indices }, colours }: Part, t: number): { least: number; most: number } {
  if (!colours) return { least: 1, most: 1 };
  const corners = [0, 1, 2].map((k) => 2 * indices[3 * t + k]!);
  const u = corners.map((at) => uvs[at]!);
  const v = corners.map((at) => uvs[at + 1]!);
  const [least, most] = colours.range(Math.min(...u), Math.min(...v), Math.max(...u), Math.max(...v), 3);
  return { least, most };
}

/** Of the triangles that are left, above the floor. */
function boundsOf(parts: readonly Part[], floor: number): Box3 {
  const box = new Box3();
  const at = new Vector3();
  for (const { mesh, caster: { positions } } of parts) {
    for (const v of mesh.geometry.index!.array) box.expandByPoint(at.fromArray(positions as number[], 3 * v));
  }
  box.min.y = Math.max(box.min.y, floor);
  return box;
}

function dress(part: Part, lamps: readonly Float32Array[], { head, floor }: Model): void {
  const { mesh } = part;
  const { geometry, material } = mesh;
  const cloth = isStill(part);
  const { open, rest, roughness } = atVertices(part, lamps);
  geometry.setAttribute('open', new BufferAttribute(open, 4));
  geometry.setAttribute('rest', new BufferAttribute(rest, 2));
  const manner = { roughness, share: cloth ? 0 : 1, ...(cloth && { floor }) };
  const painted = paintOf(material, head, manner);
  mesh.material = (material.alphaTest > 0 ? [paintOf(material, head, { ...manner, whole: true }), painted] : painted) as never;
  // The hair before the face, which it hides; what has holes where it stands.
  mesh.renderOrder = material.alphaTest > 0 ? -1 : 0;
  mesh.morphTargetInfluences = undefined;
  mesh.frustumCulled = false;
  for (const texture of [material.normalMap, material.roughnessMap, material.aoMap]) texture?.dispose();
  material.dispose();
}

/** How open each vertex is to key, rims and room; its height at rest and its own shade; roughness. */
function atVertices({ mesh, caster, surface }: Part, [key, , right, left]: readonly Float32Array[]): { open: Float32Array; rest: Float32Array; roughness: number } {
  const { geometry, material } = mesh;
  const shades = geometry.getAttribute('color');
  const count = caster.positions.length / 3;
  const open = new Float32Array(4 * count);
  const rest = new Float32Array(2 * count);
  let rough = 0;
  for (let v = 0; v < count; v++) {
    const occlusion = surface && material.aoMap ? surface.at(caster.uvs[2 * v]!, caster.uvs[2 * v + 1]!, 0) : 1;
    rough += surface && material.roughnessMap ? surface.at(caster.uvs[2 * v]!, caster.uvs[2 * v + 1]!, 1) : 1;
    open.set([key![v]!, right![v]!, left![v]!, 1 + material.aoMapIntensity * (occlusion - 1)], 4 * v);
    rest.set([caster.positions[3 * v + 1]!, shades ? shades.getX(v) : 1], 2 * v);
  }
  return { open, rest, roughness: (material.roughness * rough) / Math.max(1, count) };
}

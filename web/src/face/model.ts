import { Box3, Vector3, type Group } from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import type { HeadUniforms } from './head-shader';

/** Metres under the eyes: where the neck begins to turn, and where it turns with the head. */
const NECK_BELOW_EYES: [number, number] = [0.19, 0.115];
/** Metres under the eyes where the bust has melted away. */
const FLOOR_BELOW_EYES = 0.345;

/** A model that was read: its meshes, and where things are on it, metres. */
export interface Model {
  readonly root: Group;
  /** What the camera looks at. */
  readonly center: Vector3;
  readonly head: HeadUniforms;
  /** Height where the bust has melted away. */
  readonly floor: number;
}

/** Reads a glTF binary. Fails when it is no model. */
export async function readModel(bytes: ArrayBuffer): Promise<Model> {
  const gltf = await new GLTFLoader().parseAsync(bytes, '');
  const extras = (gltf.parser.json.scenes?.[0]?.extras ?? {}) as { faceCenter?: number[]; eyes?: number[][] };
  const center = vector(extras.faceCenter) ?? new Box3().setFromObject(gltf.scene).getCenter(new Vector3());
  const eyes = extras.eyes?.[0]?.[1] ?? center.y + 0.035;
  const head: HeadUniforms = {
    pivot: { value: new Vector3(0, eyes - 0.1, center.z - 0.1) },
    neck: { value: [eyes - NECK_BELOW_EYES[0], eyes - NECK_BELOW_EYES[1]] },
    turn: { value: new Vector3() },
    shift: { value: new Vector3() },
    breath: { value: 0 },
  };
  return { root: gltf.scene, center, head, floor: eyes - FLOOR_BELOW_EYES };
}

/** Turns a head: pitch, yaw, roll in radians; x, y, z in metres; breath from -1 to 1. */
export function turnHead(uniforms: HeadUniforms, head: Float32Array, breath: number): void {
  uniforms.turn.value.set(head[0]!, head[1]!, head[2]!);
  uniforms.shift.value.set(head[3]!, head[4]!, head[5]!);
  uniforms.breath.value = breath;
}

function vector(values: number[] | undefined): Vector3 | undefined {
  return values?.length === 3 ? new Vector3(values[0], values[1], values[2]) : undefined;
}

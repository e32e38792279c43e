import { Color, DirectionalLight, PMREMGenerator, Vector3, type Scene, type WebGLRenderer } from 'three';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';

/** A light and where it stands, seen from the middle of the face, metres. */
export interface Rig {
  readonly light: DirectionalLight;
  readonly offset: Vector3;
}

/** A lamp: colour, power, where it stands from the middle of the face (metres), and its shadow. */
export interface Lamp {
  readonly color: number;
  readonly power: number;
  readonly at: readonly [number, number, number];
  readonly shadow?: Shadow;
}

interface Shadow {
  readonly map: number;
  readonly bias: number;
  readonly normalBias: number;
  readonly radius: number;
  readonly intensity: number;
}

const AMBIENT = 0.6;
/** Half the width of what shadows are cast on, metres. */
export const SHADOW_REACH_M = 0.32;
const BEHIND: Shadow = { map: 1024, bias: -0.0006, normalBias: 0.003, radius: 4, intensity: 1 };

/** Key, fill and two rims. */
export const LAMPS: readonly [Lamp, Lamp, Lamp, Lamp] = [
  { color: 0xfff1e2, power: 2.1, at: [-0.7, 0.9, 1.4], shadow: { map: 2048, bias: -0.0004, normalBias: 0.0015, radius: 5, intensity: 0.75 } },
  { color: 0xdfe9ff, power: 0.9, at: [1.4, 0.2, 1.2] },
  { color: 0xffffff, power: 1.5, at: [0.9, 0.9, -1.3], shadow: BEHIND },
  { color: 0xcfe0ff, power: 0.8, at: [-1.2, 0.5, -1.2], shadow: BEHIND },
];

/** The room's light around the face, mirrored too. */
export function surround(scene: Scene, renderer: WebGLRenderer): void {
  const generator = new PMREMGenerator(renderer);
  scene.environment = generator.fromScene(new RoomEnvironment(), 0.04).texture;
  scene.environmentIntensity = AMBIENT;
  generator.dispose();
}

export function lights(): Rig[] {
  return LAMPS.map(rig);
}

/** Unit vector towards a lamp. */
export function direction(lamp: Lamp): Vector3 {
  return new Vector3(...lamp.at).normalize();
}

/** Light of a lamp on a matt surface that faces it, linear. */
export function radiance(lamp: Lamp): Vector3 {
  const { r, g, b } = new Color(lamp.color);
  return new Vector3(r, g, b).multiplyScalar(lamp.power / Math.PI);
}

function rig({ color, power, at, shadow }: Lamp): Rig {
  const light = new DirectionalLight(color, power);
  if (shadow) {
    const reach = SHADOW_REACH_M;
    light.castShadow = true;
    light.shadow.mapSize.set(shadow.map, shadow.map);
    Object.assign(light.shadow.camera, { left: -reach, right: reach, top: reach, bottom: -reach, near: 0.2, far: 4 });
    light.shadow.bias = shadow.bias;
    light.shadow.normalBias = shadow.normalBias;
    light.shadow.radius = shadow.radius;
    light.shadow.intensity = shadow.intensity;
  }
  return { light, offset: new Vector3(...at) };
}

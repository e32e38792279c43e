import { DirectionalLight, LightProbe, PMREMGenerator, Vector3, type Scene, type WebGLRenderer } from 'three';
import { RoomEnvironment } from 'three/addons/environments/RoomEnvironment.js';

/** A light and where it stands, seen from the middle of the face, metres. */
export interface Rig {
  readonly light: DirectionalLight;
  readonly offset: Vector3;
}

const AMBIENT = 0.6;
/** RoomEnvironment as spherical harmonics (grey), from three's LightProbeGenerator. */
const ROOM = [3.7218, 1.7496, 1.5893, 0.2137, 0.1371, 1.0205, 1.2669, -0.282, -0.6723];

/**
 * The room's light around the face. The filtered reflections take a graphics card; a processor
 * would need seconds for them and gets the same room without its mirror image.
 */
export function surround(scene: Scene, renderer: WebGLRenderer, software: boolean): void {
  if (software) {
    const probe = new LightProbe(undefined, AMBIENT);
    probe.sh.set(ROOM.map((v) => new Vector3(v, v, v)));
    scene.add(probe);
    return;
  }
  const generator = new PMREMGenerator(renderer);
  scene.environment = generator.fromScene(new RoomEnvironment(), 0.04).texture;
  scene.environmentIntensity = AMBIENT;
  generator.dispose();
}

/** Key, fill and two rims; the processor draws no rims, which would need shadows of their own. */
export function lights(software: boolean): Rig[] {
  const front = [
    rig(0xfff1e2, software ? 2.3 : 2.1, [-0.7, 0.9, 1.4], { map: software ? 1024 : 2048, bias: -0.0004, normalBias: 0.0015, radius: 5, intensity: 0.75 }),
    rig(0xdfe9ff, 0.9, [1.4, 0.2, 1.2]),
  ];
  if (software) return front;
  const behind = { map: 1024, bias: -0.0006, normalBias: 0.003, radius: 4, intensity: 1 };
  return [...front, rig(0xffffff, 1.5, [0.9, 0.9, -1.3], behind), rig(0xcfe0ff, 0.8, [-1.2, 0.5, -1.2], behind)];
}

interface Shadow {
  readonly map: number;
  readonly bias: number;
  readonly normalBias: number;
  readonly radius: number;
  readonly intensity: number;
}

function rig(color: number, power: number, at: [number, number, number], shadow?: Shadow): Rig {
  const light = new DirectionalLight(color, power);
  if (shadow) {
    light.castShadow = true;
    light.shadow.mapSize.set(shadow.map, shadow.map);
    Object.assign(light.shadow.camera, { left: -0.32, right: 0.32, top: 0.32, bottom: -0.32, near: 0.2, far: 4 });
    light.shadow.bias = shadow.bias;
    light.shadow.normalBias = shadow.normalBias;
    light.shadow.radius = shadow.radius;
    light.shadow.intensity = shadow.intensity;
  }
  return { light, offset: new Vector3(...at) };
}

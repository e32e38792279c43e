import {
  Box3, Mesh, MeshDepthMaterial, MeshStandardMaterial, Vector3, type Group, type Material, type Texture,
} from 'three';
import { GLTFLoader } from 'three/addons/loaders/GLTFLoader.js';
import { fadeShoulders, type BackdropUniforms } from './backdrop';
import { turnWithHead, type HeadUniforms } from './head-shader';

/** Metres under the eyes: where the neck begins to turn, and where it turns with the head. */
const NECK_BELOW_EYES: [number, number] = [0.19, 0.115];

/** A face that was loaded: meshes whose weights are set by name, and a head that turns. */
export class Avatar {
  private readonly targets: { influences: number[]; dictionary: Record<string, number> }[] = [];

  private constructor(
    readonly root: Group,
    readonly center: Vector3,
    private readonly head: HeadUniforms,
  ) {}

  /** Reads a glTF binary. Fails when it is no model. */
  static async read(model: ArrayBuffer, backdrop: BackdropUniforms): Promise<Avatar> {
    const gltf = await new GLTFLoader().parseAsync(model, '');
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
    const avatar = new Avatar(gltf.scene, center, head);
    gltf.scene.traverse((o) => {
      if (o instanceof Mesh) avatar.prepare(o, backdrop, eyes - 0.345);
    });
    return avatar;
  }

  /** Sets the weights by name on every mesh that has the name; others go to zero. */
  pose(weights: ReadonlyMap<string, number>): void {
    for (const { influences, dictionary } of this.targets) {
      for (const [name, index] of Object.entries(dictionary)) influences[index] = weights.get(name) ?? 0;
    }
  }

  /** Turns the head: pitch, yaw, roll in radians; x, y, z in metres. */
  turn(head: Float32Array, breath: number): void {
    this.head.turn.value.set(head[0]!, head[1]!, head[2]!);
    this.head.shift.value.set(head[3]!, head[4]!, head[5]!);
    this.head.breath.value = breath;
  }

  dispose(): void {
    this.root.traverse((o) => {
      if (!(o instanceof Mesh)) return;
      o.geometry.dispose();
      const material = o.material as MeshStandardMaterial;
      for (const texture of [material.map, material.normalMap, material.roughnessMap, material.aoMap]) texture?.dispose();
      material.dispose();
      o.customDepthMaterial?.dispose();
    });
  }

  private prepare(mesh: Mesh, backdrop: BackdropUniforms, floor: number): void {
    const material = mesh.material as MeshStandardMaterial;
    material.name = mesh.name;
    mesh.castShadow = !/lash|brow|eye/.test(mesh.name);
    mesh.receiveShadow = true;
    mesh.frustumCulled = false;
    sharpen(material.map);
    if (material.alphaTest > 0) material.alphaToCoverage = true;
    const cloth = /cloth/.test(mesh.name);
    if (cloth) fadeShoulders(material, backdrop, floor);
    turnWithHead(material, this.head, cloth ? 0 : 1);
    mesh.customDepthMaterial = this.shadow(material, cloth ? 0 : 1);
    if (mesh.morphTargetDictionary && mesh.morphTargetInfluences) {
      this.targets.push({ influences: mesh.morphTargetInfluences, dictionary: mesh.morphTargetDictionary });
    }
  }

  private shadow(of: MeshStandardMaterial, share: number): Material {
    const depth = new MeshDepthMaterial({ name: of.name, map: of.alphaTest > 0 ? of.map : null, alphaTest: of.alphaTest });
    turnWithHead(depth, this.head, share);
    return depth;
  }
}

function vector(values: number[] | undefined): Vector3 | undefined {
  return values?.length === 3 ? new Vector3(values[0], values[1], values[2]) : undefined;
}

function sharpen(texture: Texture | null): void {
  if (texture) texture.anisotropy = 8;
}

import { Mesh, MeshDepthMaterial, MeshStandardMaterial, type Group, type Material, type Texture, type Vector3 } from 'three';
import { fadeShoulders, type BackdropUniforms } from './backdrop';
import { turnWithHead } from './head-shader';
import { readModel, turnHead, type Model } from './model';

/** A face that was loaded: meshes whose weights are set by name, and a head that turns. */
export class Avatar {
  private readonly targets: { influences: number[]; dictionary: Record<string, number> }[] = [];

  private constructor(private readonly model: Model) {}

  /** Reads a glTF binary. Fails when it is no model. */
  static async read(bytes: ArrayBuffer, backdrop: BackdropUniforms): Promise<Avatar> {
    const model = await readModel(bytes);
    const avatar = new Avatar(model);
    model.root.traverse((o) => o instanceof Mesh && avatar.prepare(o, backdrop));
    return avatar;
  }

  get root(): Group {
    return this.model.root;
  }

  get center(): Vector3 {
    return this.model.center;
  }

  /** Sets the weights by name on every mesh that has the name; others go to zero. */
  pose(weights: ReadonlyMap<string, number>): void {
    for (const { influences, dictionary } of this.targets) {
      for (const [name, index] of Object.entries(dictionary)) influences[index] = weights.get(name) ?? 0;
    }
  }

  /** Turns the head: pitch, yaw, roll in radians; x, y, z in metres. */
  turn(head: Float32Array, breath: number): void {
    turnHead(this.model.head, head, breath);
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

  private prepare(mesh: Mesh, backdrop: BackdropUniforms): void {
    const material = mesh.material as MeshStandardMaterial;
    material.name = mesh.name;
    mesh.castShadow = !/lash|brow|eye/.test(mesh.name);
    mesh.receiveShadow = true;
    mesh.frustumCulled = false;
    sharpen(material.map);
    if (material.alphaTest > 0) material.alphaToCoverage = true;
    const cloth = /cloth/.test(mesh.name);
    if (cloth) fadeShoulders(material, backdrop, this.model.floor);
    turnWithHead(material, this.model.head, cloth ? 0 : 1);
    mesh.customDepthMaterial = this.shadow(material, cloth ? 0 : 1);
    if (mesh.morphTargetDictionary && mesh.morphTargetInfluences) {
      this.targets.push({ influences: mesh.morphTargetInfluences, dictionary: mesh.morphTargetDictionary });
    }
  }

  private shadow(of: MeshStandardMaterial, share: number): Material {
    const depth = new MeshDepthMaterial({ name: of.name, map: of.alphaTest > 0 ? of.map : null, alphaTest: of.alphaTest });
    turnWithHead(depth, this.model.head, share);
    return depth;
  }
}

function sharpen(texture: Texture | null): void {
  if (texture) texture.anisotropy = 8;
}

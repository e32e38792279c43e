import { NeutralToneMapping, PCFShadowMap, PerspectiveCamera, Scene, Vector3, WebGLRenderer } from 'three';
import type { Atmosphere } from './atmosphere';
import { Avatar } from './avatar';
import { backdropMesh, backdropUniforms, paint } from './backdrop';
import { lights, surround, type Rig } from './lights';
import { isDrawnByProcessor } from './machine';

/** Pixels drawn where the processor draws them. */
const SOFTWARE_PIXELS = 262_144;
/** More pixels to a CSS pixel than this are not seen. */
const SHARPEST = 2;
const DISTANCE_M = 1.15;
/** Half of what must be seen around the face, metres: upwards and sideways. */
const FRAME = {
  portrait: { up: 0.185, side: 0.135, lift: 0.022 },
  close: { up: 0.15, side: 0.105, lift: 0.006 },
  /** All of the bust, for still pictures. */
  bust: { up: 0.335, side: 0.335, lift: 0.022 },
};

export type Framing = keyof typeof FRAME;

/** Where the face stands on the canvas: free space above and below it, CSS pixels. */
export interface Room {
  readonly above: number;
  readonly below: number;
}

/** The picture of one face: light, camera, shadows as the avatars were painted for. */
export class Stage {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly camera = new PerspectiveCamera(20, 1, 0.05, 10);
  private readonly backdrop = backdropUniforms();
  private readonly rigs: Rig[];
  private avatar: Avatar | undefined;
  /** Share of the pixels, in each direction, that the machine can draw in time. */
  private quality = 1;
  private framing: Framing = 'portrait';
  private size = { width: 1, height: 1 };
  private room: Room = { above: 0, below: 0 };
  private slow = 0;
  private lastDraw = 0;

  /**
   * Fails where the browser has no WebGL.
   *
   * @param software whether to draw as lightly as a processor needs: fewer pixels with hard edges, shadows drawn once
   */
  constructor(private readonly canvas: HTMLCanvasElement, private readonly software = isDrawnByProcessor()) {
    // Smooth edges cost a processor as much as all the rest. Without an alpha channel: soft hair edges would else let the page shine through.
    const antialias = !software;
    const context = canvas.getContext('webgl2', { alpha: false, antialias, powerPreference: 'high-performance' });
    if (!context) throw new Error('this browser has no WebGL 2');
    this.renderer = new WebGLRenderer({ canvas, context, antialias });
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.toneMappingExposure = 1;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    surround(this.scene, this.renderer, this.software);
    this.rigs = lights(this.software);
    for (const { light } of this.rigs) this.scene.add(light, light.target);
    this.scene.add(backdropMesh(this.backdrop));
  }

  /** Shows another face once it is loaded. */
  async show(model: Promise<ArrayBuffer>): Promise<void> {
    const next = await Avatar.read(await model, this.backdrop);
    if (this.avatar) {
      this.scene.remove(this.avatar.root);
      this.avatar.dispose();
    }
    this.avatar = next;
    this.scene.add(next.root);
    for (const { light, offset } of this.rigs) {
      light.target.position.copy(next.center);
      light.position.copy(next.center).add(offset);
    }
    if (this.software) this.freezeShadows(this.rigs);
    this.aim();
    await this.renderer.compileAsync(this.scene, this.camera);
  }

  paint(colours: Pick<Atmosphere, 'top' | 'low' | 'glow'>): void {
    paint(this.backdrop, colours);
  }

  frame(framing: Framing): void {
    this.framing = framing;
    this.aim();
  }

  /** Width and height in CSS pixels, and the room to leave around the face. */
  resize(width: number, height: number, room: Room = this.room): void {
    if (width < 2 || height < 2) return;
    this.size = { width, height };
    this.room = room;
    const most = this.software ? Math.sqrt(SOFTWARE_PIXELS / (width * height)) : SHARPEST;
    this.renderer.setDrawingBufferSize(width, height, Math.min(globalThis.devicePixelRatio || 1, most) * this.quality);
    this.aim();
  }

  /** Weights by name, head as in the contract, breath from -1 to 1, loudness from 0 to 1. */
  draw(weights: ReadonlyMap<string, number>, head: Float32Array, breath: number, voice: number): void {
    this.backdrop.voice.value = voice;
    this.avatar?.pose(weights);
    this.avatar?.turn(head, breath);
    this.renderer.render(this.scene, this.camera);
    this.adapt();
  }

  dispose(): void {
    this.avatar?.dispose();
    this.renderer.dispose();
  }

  private aim(): void {
    const c = this.avatar?.center ?? new Vector3(0, 0.7, 0.1);
    const { up, side, lift } = FRAME[this.framing];
    const { width, height } = this.size;
    const { above, below } = this.room;
    const free = Math.max(1, height - above - below);
    const half = Math.max(up, (side * free) / width);
    const y = c.y + lift - Math.max(0, half - up) * 0.35;
    this.camera.aspect = width / height;
    this.camera.fov = (2 * Math.atan((half * height) / free / DISTANCE_M) * 180) / Math.PI;
    this.camera.setViewOffset(width, height, 0, (below - above) / 2, width, height);
    const dots = this.canvas.height / height;
    this.backdrop.place.value.set(this.canvas.width / 2, (below + free * 0.52) * dots, free * dots, this.canvas.height);
    this.camera.position.set(c.x, y + 0.012, c.z + DISTANCE_M - 0.06);
    this.camera.lookAt(c.x, y, c.z - 0.06);
    this.camera.updateProjectionMatrix();
  }

  /** Gives up pixels, then moving rim shadows, where the machine is slow. */
  private adapt(): void {
    const now = performance.now();
    const took = now - this.lastDraw;
    this.lastDraw = now;
    if (took > 3000) return;
    this.slow = took > 30 ? this.slow + Math.min(8, took / 30) : Math.max(0, this.slow - 0.25);
    if (this.slow < 40) return;
    this.slow = 0;
    if (this.quality > (this.software ? 0.7 : 0.5)) this.quality *= 0.8;
    this.freezeShadows(this.quality > 0.7 ? this.rigs.slice(2) : this.rigs);
    this.resize(this.size.width, this.size.height);
  }

  private freezeShadows(rigs: readonly Rig[]): void {
    for (const { light } of rigs) {
      light.shadow.autoUpdate = false;
      light.shadow.needsUpdate = true;
    }
  }
}

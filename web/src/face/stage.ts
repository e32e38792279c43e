import { NeutralToneMapping, PCFShadowMap, Scene, WebGLRenderer } from 'three';
import type { Atmosphere } from './atmosphere';
import { Avatar } from './avatar';
import { backdropMesh, backdropUniforms, paint } from './backdrop';
import { Lens, type Framing, type Room } from './lens';
import { lights, surround } from './lights';

/** More pixels to a CSS pixel than this are not seen. */
const SHARPEST = 2;

/** The moving picture of one face on a canvas. */
export interface Picture {
  /** Shows another face once it is loaded. Fails when it is no model. */
  show(model: Promise<ArrayBuffer>): Promise<void>;
  paint(colours: Pick<Atmosphere, 'top' | 'low' | 'glow'>): void;
  frame(framing: Framing): void;
  /** Width and height in CSS pixels, and the room to leave around the face. */
  resize(width: number, height: number, room?: Room): void;
  /** Weights by name, head as in the contract, breath from -1 to 1, loudness from 0 to 1. */
  draw(weights: ReadonlyMap<string, number>, head: Float32Array, breath: number, voice: number): void;
  /** Gives up what costs much, since the machine was slow for long. */
  relieve(): void;
  dispose(): void;
}

/** The picture by a graphics card: light, camera, shadows as the avatars were painted for. */
export class Stage implements Picture {
  private readonly renderer: WebGLRenderer;
  private readonly scene = new Scene();
  private readonly lens = new Lens();
  private readonly backdrop = backdropUniforms();
  private readonly rigs = lights();
  private avatar: Avatar | undefined;
  /** Share of the pixels, in each direction, that the machine can draw in time. */
  private quality = 1;

  /** Fails where the browser has no WebGL. */
  constructor(private readonly canvas: HTMLCanvasElement) {
    // Without an alpha channel: soft hair edges would else let the page shine through.
    const context = canvas.getContext('webgl2', { alpha: false, antialias: true, powerPreference: 'high-performance' });
    if (!context) throw new Error('this browser has no WebGL 2');
    this.renderer = new WebGLRenderer({ canvas, context, antialias: true });
    this.renderer.toneMapping = NeutralToneMapping;
    this.renderer.toneMappingExposure = 1;
    this.renderer.shadowMap.enabled = true;
    this.renderer.shadowMap.type = PCFShadowMap;
    surround(this.scene, this.renderer);
    for (const { light } of this.rigs) this.scene.add(light, light.target);
    this.scene.add(backdropMesh(this.backdrop));
  }

  async show(model: Promise<ArrayBuffer>): Promise<void> {
    const next = await Avatar.read(await model, this.backdrop);
    if (this.avatar) {
      this.scene.remove(this.avatar.root);
      this.avatar.dispose();
    }
    this.avatar = next;
    this.scene.add(next.root);
    this.lens.center = next.center;
    for (const { light, offset } of this.rigs) {
      light.target.position.copy(next.center);
      light.position.copy(next.center).add(offset);
    }
    this.aim();
    await this.renderer.compileAsync(this.scene, this.lens.camera);
  }

  paint(colours: Pick<Atmosphere, 'top' | 'low' | 'glow'>): void {
    paint(this.backdrop, colours);
  }

  frame(framing: Framing): void {
    this.lens.framing = framing;
    this.aim();
  }

  resize(width: number, height: number, room: Room = this.lens.room): void {
    if (width < 2 || height < 2) return;
    this.lens.size = { width, height };
    this.lens.room = room;
    this.renderer.setDrawingBufferSize(width, height, Math.min(globalThis.devicePixelRatio || 1, SHARPEST) * this.quality);
    this.aim();
  }

  draw(weights: ReadonlyMap<string, number>, head: Float32Array, breath: number, voice: number): void {
    this.backdrop.voice.value = voice;
    this.avatar?.pose(weights);
    this.avatar?.turn(head, breath);
    this.renderer.render(this.scene, this.lens.camera);
  }

  /** Pixels, then moving shadows of the rims, then of all lamps. */
  relieve(): void {
    if (this.quality > 0.5) this.quality *= 0.8;
    for (const { light } of this.quality > 0.7 ? this.rigs.slice(2) : this.rigs) {
      light.shadow.autoUpdate = false;
      light.shadow.needsUpdate = true;
    }
    this.resize(this.lens.size.width, this.lens.size.height);
  }

  dispose(): void {
    this.avatar?.dispose();
    this.renderer.dispose();
  }

  private aim(): void {
    this.lens.aim(this.lens.whole);
    const { free, room, size } = this.lens;
    const dots = this.canvas.height / size.height;
    this.backdrop.place.value.set(this.canvas.width / 2, (room.below + free * 0.52) * dots, free * dots, this.canvas.height);
  }
}

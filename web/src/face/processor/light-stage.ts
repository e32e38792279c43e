import { Scene, WebGLRenderer } from 'three';
import { Lens, type Framing, type Pane, type Room } from '../lens';
import { readModel, turnHead } from '../model';
import type { Picture } from '../stage';
import { LightFace } from './light-face';
import { Smoothing } from './smoothing';

/** Pixels of a picture, at most. */
const PIXELS = 240_000;

/**
 * The picture by a processor: the wall is the page's, the clothes are drawn once on a canvas of
 * their own, and of the moving canvas there is no more than the head needs.
 */
export class LightStage implements Picture {
  private readonly renderer: WebGLRenderer;
  private readonly smoothing: Smoothing;
  private readonly scene = new Scene();
  private readonly lens = new Lens();
  private readonly clothes = Object.assign(document.createElement('canvas'), { ariaHidden: 'true' });
  private face: LightFace | undefined;
  private quality = 1;

  /** Takes a canvas and puts another beneath it. Fails where the browser has no WebGL. */
  constructor(private readonly canvas: HTMLCanvasElement) {
    // Kept after it was shown: it is drawn by timer, and who looks at it looks at another time.
    const context = canvas.getContext('webgl2', { alpha: true, antialias: false, preserveDrawingBuffer: true });
    if (!context) throw new Error('this browser has no WebGL 2');
    this.renderer = new WebGLRenderer({ canvas, context, antialias: false });
    this.renderer.setClearColor(0, 0);
    this.smoothing = new Smoothing(this.renderer);
    canvas.before(this.clothes);
  }

  async show(bytes: Promise<ArrayBuffer>): Promise<void> {
    const next = new LightFace(await readModel(await bytes));
    if (this.face) {
      this.scene.remove(this.face.model.root);
      this.face.dispose();
    }
    this.face = next;
    this.scene.add(next.model.root);
    this.lens.center = next.model.center;
    this.fit();
    await this.renderer.compileAsync(this.scene, this.lens.camera);
  }

  paint(): void {
    // Nothing of the wall is drawn here.
  }

  frame(framing: Framing): void {
    this.lens.framing = framing;
    this.fit();
  }

  resize(width: number, height: number, room: Room = this.lens.room): void {
    if (width < 2 || height < 2) return;
    this.lens.size = { width, height };
    this.lens.room = room;
    this.fit();
  }

  draw(weights: ReadonlyMap<string, number>, head: Float32Array): void {
    if (!this.face) return;
    this.face.pose(weights);
    turnHead(this.face.model.head, head, 0);
    this.smoothing.render(this.scene, this.lens.camera);
  }

  relieve(): void {
    if (this.quality < 0.6) return;
    this.quality *= 0.8;
    this.fit();
  }

  dispose(): void {
    this.face?.dispose();
    this.smoothing.dispose();
    this.renderer.dispose();
    this.clothes.remove();
  }

  /** Draws the clothes anew, and puts canvas and camera where the head is. */
  private fit(): void {
    const { face, lens } = this;
    if (!face || lens.size.width < 2) return;
    const still = lens.paneOf(face.bounds.still);
    this.open(still, this.clothes);
    Object.assign(this.clothes, { width: this.canvas.width, height: this.canvas.height });
    face.show('still');
    this.smoothing.render(this.scene, lens.camera);
    this.clothes.getContext('2d')!.drawImage(this.canvas, 0, 0);
    face.show('moving');
    this.open(lens.paneOf(face.bounds.moving), this.canvas);
  }

  /** Gets ready to draw a pane of the stage for an element, which is laid there. */
  private open(pane: Pane, element: HTMLElement): void {
    const { left, top, width, height } = pane;
    const most = Math.sqrt(PIXELS / (width * height));
    this.renderer.setDrawingBufferSize(width, height, Math.min(globalThis.devicePixelRatio || 1, most) * this.quality);
    this.lens.aim(pane);
    Object.assign(element.style, { left: `${left}px`, top: `${top}px`, width: `${width}px`, height: `${height}px` });
  }
}

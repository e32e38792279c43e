import { PerspectiveCamera, Vector3, type Box3 } from 'three';

const DISTANCE_M = 1.15;
/** Half of what must be seen around the face, metres: upwards and sideways. */
const FRAME = {
  portrait: { up: 0.185, side: 0.135, lift: 0.022 },
  close: { up: 0.15, side: 0.105, lift: 0.006 },
  /** All of the bust, for still pictures. */
  bust: { up: 0.335, side: 0.335, lift: 0.022 },
};
/** Room for a head that turns and for loose hair, metres. */
const MARGIN_M = 0.012;
/** Share of the room below in which nothing shines through the captions' ground. */
const COVERED = 0.7;

export type Framing = keyof typeof FRAME;

/** Where the face stands on the stage: free space above and below it, CSS pixels. */
export interface Room {
  readonly above: number;
  readonly below: number;
}

/** A part of the stage, CSS pixels from its upper left. */
export interface Pane {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** The camera, and how the face stands on the stage it sees. */
export class Lens {
  readonly camera = new PerspectiveCamera(20, 1, 0.05, 10);
  framing: Framing = 'portrait';
  size = { width: 1, height: 1 };
  room: Room = { above: 0, below: 0 };
  center = new Vector3(0, 0.7, 0.1);

  /** Height left free for the face, CSS pixels. */
  get free(): number {
    return Math.max(1, this.size.height - this.room.above - this.room.below);
  }

  get whole(): Pane {
    return { left: 0, top: 0, ...this.size };
  }

  /** Points the camera; it draws the pane. */
  aim({ left, top, width, height }: Pane): void {
    const c = this.center;
    const { up, side, lift } = FRAME[this.framing];
    const half = Math.max(up, (side * this.free) / this.size.width);
    const y = c.y + lift - Math.max(0, half - up) * 0.35;
    this.camera.aspect = this.size.width / this.size.height;
    this.camera.fov = (2 * Math.atan((half * this.size.height) / this.free / DISTANCE_M) * 180) / Math.PI;
    const down = (this.room.below - this.room.above) / 2;
    this.camera.setViewOffset(this.size.width, this.size.height, left, top + down, width, height);
    this.camera.position.set(c.x, y + 0.012, c.z + DISTANCE_M - 0.06);
    this.camera.lookAt(c.x, y, c.z - 0.06);
    this.camera.updateProjectionMatrix();
    this.camera.updateMatrixWorld();
  }

  /** The part of the stage where something is seen, in whole pixels. */
  paneOf(bounds: Box3): Pane {
    this.aim(this.whole);
    const { width, height } = this.size;
    const { min, max } = bounds.clone().expandByScalar(MARGIN_M);
    const corners = [min, max].flatMap(({ x }) => [min, max].flatMap(({ y }) => [min, max].map(({ z }) => new Vector3(x, y, z).project(this.camera))));
    const within = (v: number, most: number): number => Math.min(most, Math.max(0, v));
    const across = corners.map(({ x }) => ((x + 1) / 2) * width);
    const down = corners.map(({ y }) => ((1 - y) / 2) * height);
    const left = Math.floor(within(Math.min(...across), width - 2));
    const top = Math.floor(within(Math.min(...down), height - 2));
    const bottom = Math.min(height - COVERED * this.room.below, Math.max(...down));
    return { left, top, width: Math.ceil(within(Math.max(...across), width)) - left, height: Math.ceil(within(bottom, height)) - top };
  }
}

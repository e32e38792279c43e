import type { Texture } from 'three';

/** The pixels of a texture, made small: enough to be asked at a vertex. */
export class Pixels {
  private constructor(private readonly size: number, private readonly rgba: Uint8ClampedArray) {}

  static of(texture: Texture | null, size = 256): Pixels | undefined {
    if (!texture?.image) return undefined;
    const context = new OffscreenCanvas(size, size).getContext('2d', { willReadFrequently: true })!;
    context.drawImage(texture.image as CanvasImageSource, 0, 0, size, size);
    return new Pixels(size, context.getImageData(0, 0, size, size).data);
  }

  /** Channel 0 to 3 at texture coordinates, 0 to 1. */
  at(u: number, v: number, channel: 0 | 1 | 2 | 3): number {
    return this.rgba[4 * (this.cell(v) * this.size + this.cell(u)) + channel]! / 255;
  }

  /** The least and the greatest value of a channel in a rectangle of texture coordinates and right around it. */
  range(u0: number, v0: number, u1: number, v1: number, channel: 0 | 1 | 2 | 3): readonly [number, number] {
    const within = (u: number): number => Math.min(this.size - 1, Math.max(0, Math.floor(u * this.size)));
    let least = 255;
    let most = 0;
    for (let y = within(v0 - 1 / this.size); y <= within(v1 + 1 / this.size); y++) {
      for (let x = within(u0 - 1 / this.size); x <= within(u1 + 1 / this.size); x++) {
        const value = this.rgba[4 * (y * this.size + x) + channel]!;
        least = Math.min(least, value);
        most = Math.max(most, value);
      }
    }
    return [least / 255, most / 255];
  }

  private cell(u: number): number {
    return Math.min(this.size - 1, Math.floor((u - Math.floor(u)) * this.size));
  }
}

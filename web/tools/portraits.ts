// Runs in the browser, for tools/portraits.mjs: the page's own stage, drawn before black and before
// white; what differs between the two pictures is what one can see through.
import { Stage } from '../src/face/stage';

const SIZE = 840;
const SMILE = new Map(Object.entries({ mouthSmileLeft: 0.3, mouthSmileRight: 0.28, cheekSquintLeft: 0.14, cheekSquintRight: 0.14, browInnerUp: 0.06 }));

async function portrait(url: string): Promise<string> {
  const canvas = document.querySelector('canvas')!;
  const stage = new Stage(canvas);
  stage.frame('bust');
  stage.resize(2 * SIZE, 2 * SIZE);
  await stage.show(fetch(url).then((answer) => answer.arrayBuffer()));
  const before = (colour: string): Uint8ClampedArray => {
    stage.paint({ top: colour, low: colour, glow: colour });
    stage.draw(SMILE, new Float32Array(6), 0, 0);
    return scaled(canvas);
  };
  before('#000000');
  const black = before('#000000');
  const white = before('#ffffff');
  stage.dispose();
  return cutOut(black, white);
}

function scaled(source: HTMLCanvasElement): Uint8ClampedArray {
  const context = new OffscreenCanvas(SIZE, SIZE).getContext('2d')!;
  context.imageSmoothingQuality = 'high';
  context.drawImage(source, 0, 0, SIZE, SIZE);
  return context.getImageData(0, 0, SIZE, SIZE).data;
}

function cutOut(black: Uint8ClampedArray, white: Uint8ClampedArray): string {
  const canvas = Object.assign(document.createElement('canvas'), { width: SIZE, height: SIZE });
  const picture = new ImageData(SIZE, SIZE);
  for (let i = 0; i < black.length; i += 4) {
    const through = (white[i]! - black[i]! + white[i + 1]! - black[i + 1]! + white[i + 2]! - black[i + 2]!) / 3;
    const alpha = Math.min(255, Math.max(0, 255 - through));
    for (let c = 0; c < 3; c++) picture.data[i + c] = alpha > 3 ? (black[i + c]! * 255) / alpha : 0;
    picture.data[i + 3] = alpha > 3 ? alpha : 0;
  }
  canvas.getContext('2d')!.putImageData(picture, 0, 0);
  return canvas.toDataURL('image/webp', 0.86);
}

Object.assign(globalThis, { portrait });

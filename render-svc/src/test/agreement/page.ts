// The page's own stage, drawn once a request: what the browser shows for given weights and head.
import { Stage } from '../../../../web/src/face/stage';

interface Request {
  readonly model: string;
  readonly size: number;
  readonly framing: string;
  readonly background: string;
  readonly weights: Record<string, number>;
  readonly head: number[];
  /** Inside of the mouth red, skin white: to measure how far the mouth is open. */
  readonly marked: boolean;
}

/** Far apart, so that the stage does not take a slow test machine for a reason to draw less. */
let clock = 0;
performance.now = () => (clock += 10_000);

const canvas = document.querySelector('canvas')!;
// The whole light, as on a graphics card, whatever draws here.
const stage = new Stage(canvas);
let shown = '';
let wasMarked = false;

async function draw(request: Request): Promise<string> {
  if (shown !== request.model || wasMarked !== request.marked) {
    await stage.show(fetch(request.model).then((answer) => answer.arrayBuffer()));
    if (request.marked) mark();
  }
  shown = request.model;
  wasMarked = request.marked;
  stage.resize(request.size, request.size);
  stage.frame(request.framing);
  const wall = request.background;
  stage.paint({ top: wall, low: wall, glow: wall });
  const weights = new Map(Object.entries(request.weights));
  const head = Float32Array.from(request.head);
  stage.draw(weights, head, 0);
  return canvas.toDataURL('image/png');
}

/** Colours where the inside of the mouth lies in the skin's texture, and the teeth and tongue. */
function mark(): void {
  const scene = (stage as unknown as { scene: { traverse(f: (o: any) => void): void } }).scene;
  scene.traverse((o) => {
    const inside = /teeth|tongue/.test(o.name);
    if (!o.isMesh || !(inside || o.name === 'face')) return;
    const map = o.material.map.clone();
    map.image = marker(inside);
    map.needsUpdate = true;
    o.material.map = map;
    o.material.emissive.set(inside ? '#400000' : '#000000');
  });
}

function marker(inside: boolean): HTMLCanvasElement {
  const picture = Object.assign(document.createElement('canvas'), { width: 1024, height: 1024 });
  const context = picture.getContext('2d')!;
  context.fillStyle = inside ? '#ff0000' : '#ffffff';
  context.fillRect(0, 0, 1024, 1024);
  context.fillStyle = '#ff0000';
  if (!inside) context.fillRect(0.825 * 1024, 0, 0.17 * 1024, 0.195 * 1024);
  return picture;
}

Object.assign(globalThis, { drawFace: draw });

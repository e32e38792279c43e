import { isDrawnByProcessor } from './machine';
import { LightStage } from './processor/light-stage';
import { Stage, type Picture } from './stage';

/** The picture that this machine can draw. Fails where the browser has no WebGL. */
export function pictureOn(canvas: HTMLCanvasElement): Picture {
  return isDrawnByProcessor() ? new LightStage(canvas) : new Stage(canvas);
}

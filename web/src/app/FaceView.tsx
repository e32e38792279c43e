import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../talk/conversation';
import type { Atmosphere } from '../face/atmosphere';
import { isDrawnByProcessor } from '../face/machine';
import { model } from '../face/models';
import type { LivingPose } from '../face/idle';
import { Pace } from '../face/pace';
import { pictureOn } from '../face/picture';
import type { Picture } from '../face/stage';
import { Portrait } from './Portrait';

type Shown = 'loading' | 'shown' | 'failed';

/**
 * The face, drawn at every picture of the screen from what is heard at that moment. The portrait
 * stands in the same place until the model is drawn for the first time.
 */
export default function FaceView({ conversation, colours, hidden }: { conversation: Conversation; colours: Atmosphere; hidden: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const stage = useRef<Picture>(undefined);
  const latest = useRef(colours);
  const [state, setState] = useState<Shown>('loading');
  const avatar = conversation.character.avatar;
  const avatarId = avatar?.avatarId || conversation.character.id;
  const framing = avatar?.framing === 'close' ? 'close' : 'portrait';

  useEffect(() => {
    let stop: (() => void) | undefined;
    // The portrait is painted before the drawing begins, which keeps the page busy for a moment.
    const begin = afterPaint(() => {
      if (!canvas.current || !box.current) return;
      try {
        stage.current = pictureOn(canvas.current);
      } catch {
        return setState('failed');
      }
      box.current.dataset.processor = String(isDrawnByProcessor());
      stage.current.paint(latest.current);
      stage.current.frame(framing);
      stop = perform(stage.current, box.current, conversation, model(avatarId), setState);
    });
    return () => {
      begin();
      stop?.();
      stage.current?.dispose();
      stage.current = undefined;
    };
  }, [conversation, avatarId, framing]);

  useEffect(() => {
    latest.current = colours;
    stage.current?.paint(colours);
  }, [colours]);

  const name = conversation.character.displayName;
  return (
    <div className="face" ref={box} data-state={state} data-framing={framing} hidden={hidden}>
      <div className="still"><Portrait character={conversation.character} /></div>
      <canvas ref={canvas} role="img" aria-label={`${name}, looking at you`} />
      {state === 'failed' && <p className="face-note">{name}’s moving face cannot be drawn in this browser (it needs WebGL 2). Voice and words work; <em>Video</em> shows the face drawn by the server.</p>}
    </div>
  );
}

/** Keeps the canvas as large as its box, and the face above the captions. */
function fit(stage: Picture, box: HTMLElement): () => void {
  const measure = (): void => {
    const style = getComputedStyle(box);
    const room = { above: parseFloat(style.getPropertyValue('--above')), below: parseFloat(style.getPropertyValue('--below')) };
    stage.resize(box.clientWidth, box.clientHeight, room);
  };
  const sizes = new ResizeObserver(measure);
  sizes.observe(box);
  measure();
  return () => sizes.disconnect();
}

/** Runs after the next picture of the page; returns what calls it off. */
function afterPaint(run: () => void): () => void {
  let timer = 0;
  const frame = requestAnimationFrame(() => {
    timer = setTimeout(run, 0) as unknown as number;
  });
  return () => {
    cancelAnimationFrame(frame);
    clearTimeout(timer);
  };
}

/** Loads the face and draws it until stopped. */
function perform(stage: Picture, box: HTMLElement, conversation: Conversation, avatar: Promise<ArrayBuffer>, tell: (s: Shown) => void): () => void {
  const unfit = fit(stage, box);
  let stopped = false;
  let pause = (): void => undefined;
  stage.show(avatar).then(
    () => {
      if (!stopped) pause = play(stage, box, conversation, () => tell('shown'));
    },
    () => !stopped && tell('failed'),
  );
  return () => {
    stopped = true;
    pause();
    unfit();
  };
}

function play(stage: Picture, box: HTMLElement, conversation: Conversation, shown: () => void): () => void {
  const calm = matchMedia('(prefers-reduced-motion: reduce)');
  const pace = new Pace(isDrawnByProcessor());
  let first = true;
  let frame = 0;
  let timer = 0;
  const draw = (): void => {
    const now = performance.now() / 1000;
    if (!box.hidden && pace.mayDraw(now)) {
      const pose = conversation.actor.at(now, conversation.heard(), conversation.snapshot().mood);
      if (pace.isSeen(now, pose)) show(now, pose);
    }
    const rest = pace.rest(now) * 1000 - SCREEN_MS;
    if (rest > SCREEN_MS) timer = setTimeout(again, rest) as unknown as number;
    else again();
  };
  const again = (): void => void (frame = requestAnimationFrame(draw));
  const show = (now: number, { weights, head }: LivingPose): void => {
    if (pace.wasSlow()) stage.relieve();
    stage.draw(weights, head, Math.sin((now * 2 * Math.PI) / 4.2), calm.matches ? 0 : conversation.loudness());
    if (first) shown();
    first = false;
  };
  again();
  return () => {
    clearTimeout(timer);
    cancelAnimationFrame(frame);
  };
}

/** About the time between two pictures of a screen. */
const SCREEN_MS = 12;

import { useEffect, useRef, useState } from 'react';
import type { Conversation } from '../talk/conversation';
import { modelUrl, pictureUrl } from '../api/client';
import { Stage } from '../face/stage';

/** The face, drawn at every picture of the screen from what is heard at that moment. */
export default function FaceView({ conversation, hidden }: { conversation: Conversation; hidden: boolean }) {
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const [state, setState] = useState<'loading' | 'shown' | 'failed'>('loading');
  const avatar = conversation.character.avatar;
  const avatarId = avatar?.avatarId || conversation.character.id;

  useEffect(() => {
    if (!canvas.current || !box.current) return;
    let stage: Stage;
    try {
      stage = new Stage(canvas.current);
    } catch {
      setState('failed');
      return;
    }
    stage.frame(avatar?.framing ?? '');
    const stop = play(stage, box.current, conversation, avatar?.background || '#6f8a86');
    stage.show(modelUrl(avatarId)).then(() => setState('shown'), () => setState('failed'));
    return () => {
      stop();
      stage.dispose();
    };
  }, [conversation, avatar, avatarId]);

  return (
    <div className="face" ref={box} data-state={state} hidden={hidden}>
      <canvas ref={canvas} role="img" aria-label={`${conversation.character.displayName}, looking at you`} />
      {state === 'loading' && <p className="face-note">{conversation.character.displayName} is coming…</p>}
      {state === 'failed' && (
        <div className="face-still">
          <img src={pictureUrl(avatarId)} alt={conversation.character.displayName} />
          <p>The moving face could not be shown here. The voice and the words work.</p>
        </div>
      )}
    </div>
  );
}

function play(stage: Stage, box: HTMLElement, conversation: Conversation, background: string): () => void {
  const colours = (): void => {
    const style = getComputedStyle(document.documentElement);
    const edge = style.getPropertyValue('--stage').trim() || '#1b2127';
    stage.paint(mixed(background, edge), edge);
  };
  const scheme = matchMedia('(prefers-color-scheme: dark)');
  scheme.addEventListener('change', colours);
  colours();
  const sizes = new ResizeObserver(() => stage.resize(box.clientWidth, box.clientHeight));
  sizes.observe(box);
  let frame = requestAnimationFrame(function draw() {
    frame = requestAnimationFrame(draw);
    if (box.hidden) return;
    const now = performance.now() / 1000;
    const pose = conversation.actor.at(now, conversation.heard(), conversation.snapshot().mood);
    stage.draw(pose.weights, pose.head, Math.sin((now * 2 * Math.PI) / 4.2));
  });
  return () => {
    cancelAnimationFrame(frame);
    sizes.disconnect();
    scheme.removeEventListener('change', colours);
  };
}

/** The character's colour, quietened by the page's. */
function mixed(colour: string, edge: string): string {
  const parts = (hex: string): number[] => [1, 3, 5].map((i) => parseInt(hex.slice(i, i + 2), 16));
  if (!/^#[0-9a-f]{6}$/i.test(colour) || !/^#[0-9a-f]{6}$/i.test(edge)) return edge;
  const b = parts(edge);
  return `#${parts(colour).map((v, i) => Math.round(v * 0.72 + b[i]! * 0.28).toString(16).padStart(2, '0')).join('')}`;
}

import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import type { Conversation } from '../talk/conversation';
import type { Talk } from '../talk/talk';
import { isRunning, type Exchange } from '../talk/transcript';
import { Captions } from './Captions';
import { Composer } from './Composer';
import { Icon } from './icons';
import { Log } from './Log';
import { useLook } from './look';
import { Notices } from './Notices';
import { Portrait } from './Portrait';
import { RoomBar } from './RoomBar';

const FaceView = lazy(() => import('./FaceView'));

interface Props {
  readonly conversation: Conversation;
  readonly characters: readonly Character[];
  onPick(c: Character): void;
  onLeave(): void;
  onHistory(): void;
}

/** One conversation: the face, the captions, the composer, and the transcript beside them. */
export function Room({ conversation, characters, onPick, onLeave, onHistory }: Props) {
  const talk = useSyncExternalStore(conversation.subscribe, conversation.snapshot);
  const { colours, style } = useLook(conversation.character);
  const [log, setLog] = useState(false);
  const [receipt, setReceipt] = useState('');
  const film = useRef<HTMLVideoElement>(null);
  const name = conversation.character.displayName;
  useEscape(conversation);
  const openReceipt = (of: string): void => {
    setReceipt(of);
    setLog(true);
  };
  return (
    <main className="room" data-log={log} style={style}>
      <section className="stage" aria-label={`Conversation with ${name}`}>
        <Suspense fallback={<div className="face" data-state="loading"><div className="still"><Portrait character={conversation.character} /></div></div>}>
          <FaceView conversation={conversation} colours={colours} hidden={talk.video} />
        </Suspense>
        <video className="film" ref={film} hidden={!talk.video} playsInline aria-label={`Video of ${name}`} />
        <RoomBar
          conversation={conversation} talk={talk} characters={characters} log={log}
          onPick={onPick} onLeave={onLeave} onHistory={onHistory}
          onVideo={() => conversation.showVideo(talk.video ? undefined : film.current ?? undefined)}
          onLog={() => setLog(!log)}
        />
        <Announcer talk={talk} name={name} />
        <div className="foot">
          <Notices conversation={conversation} talk={talk} />
          <Captions conversation={conversation} talk={talk} onReceipt={openReceipt} />
          <Composer conversation={conversation} talk={talk} />
        </div>
      </section>
      {log && <Transcript exchanges={talk.exchanges} name={name} open={receipt} onClose={() => setLog(false)} />}
    </main>
  );
}

function Transcript({ exchanges, name, open, onClose }: { exchanges: readonly Exchange[]; name: string; open: string; onClose(): void }) {
  const end = useRef<HTMLDivElement>(null);
  const count = exchanges.length;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [count, open]);
  return (
    <aside className="side" aria-label="Transcript">
      <header>
        <h2>Transcript</h2>
        <button type="button" className="round ghost" aria-label="Close the transcript" onClick={onClose}><Icon name="close" /></button>
      </header>
      <div className="scroll" tabIndex={0} role="region" aria-label="What was said">
        <Log exchanges={exchanges} name={name} open={open} />
        <div ref={end} />
      </div>
    </aside>
  );
}

/** Whole sentences for screen readers; the lit captions are for eyes. */
function Announcer({ talk, name }: { talk: Talk; name: string }) {
  const last = talk.exchanges.findLast((e) => !isRunning(e));
  return (
    <>
      <p className="unseen" aria-live="polite">{talk.waiting && `You said: ${talk.waiting}`}</p>
      <p className="unseen" aria-live="polite">{last ? `${name}: ${last.reply}` : ''}</p>
    </>
  );
}

function useEscape(conversation: Conversation): void {
  useEffect(() => {
    const stop = (e: KeyboardEvent): void => {
      if (e.key === 'Escape' && !document.querySelector('dialog[open]')) conversation.interrupt();
    };
    addEventListener('keydown', stop);
    return () => removeEventListener('keydown', stop);
  }, [conversation]);
}

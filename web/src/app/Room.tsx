import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import type { Conversation } from '../talk/conversation';
import type { Picked } from '../knowledge/files';
import type { Talk } from '../talk/talk';
import { isRunning, type Exchange } from '../talk/transcript';
import { Captions } from './Captions';
import { Composer } from './Composer';
import { Log } from './Log';
import { useLook } from './look';
import { Notices } from './Notices';
import { Portrait } from './Portrait';
import { RoomBar, type Beside } from './RoomBar';
import { Side } from './Side';
import { spokenSources } from './Sources';
import { useDesk } from './desk';
import { useFileDrop } from './drop';

const FaceView = lazy(() => import('./FaceView'));
const SourceCard = lazy(() => import('./SourceCard'));
const DocumentsPanel = lazy(() => import('./documents/DocumentsPanel'));
const MemoriesPanel = lazy(() => import('./memories/MemoriesPanel'));

interface Props {
  readonly conversation: Conversation;
  readonly characters: readonly Character[];
  /** What stands beside the conversation at first. */
  readonly beside: Beside;
  onPick(c: Character): void;
  onGive(c: Character, picked: Picked): void;
  onLeave(): void;
  onHistory(): void;
}

/** One conversation: the face, the captions, the composer, and what is opened beside them. */
export function Room({ conversation, characters, onPick, onGive, onLeave, onHistory, ...first }: Props) {
  const talk = useSyncExternalStore(conversation.subscribe, conversation.snapshot);
  const { character } = conversation;
  const { colours, style } = useLook(character);
  const desk = useDesk();
  const [beside, setBeside] = useState(first.beside);
  const [receipt, setReceipt] = useState('');
  const film = useRef<HTMLVideoElement>(null);
  const name = character.displayName;
  const last = talk.exchanges.at(-1);
  const drop = useFileDrop(desk.documents ? (picked) => (setBeside('documents'), onGive(character, picked)) : undefined);
  const close = (): void => setBeside('');
  const memories = (): void => setBeside('memories');
  useEscape(conversation);
  return (
    <main className="room" data-beside={beside} style={style} {...drop.handlers}>
      <section className="stage" aria-label={`Conversation with ${name}`}>
        <Suspense fallback={<div className="face" data-state="loading"><div className="still"><Portrait character={character} /></div></div>}>
          <FaceView conversation={conversation} colours={colours} hidden={talk.video} />
        </Suspense>
        <video className="film" ref={film} hidden={!talk.video} playsInline aria-label={`Video of ${name}`} />
        <RoomBar
          conversation={conversation} talk={talk} characters={characters} beside={beside}
          onPick={onPick} onLeave={onLeave} onHistory={onHistory} onBeside={setBeside}
          onVideo={() => conversation.showVideo(talk.video ? undefined : film.current ?? undefined)}
        />
        {last && last.sources.length > 0 && <Suspense><SourceCard key={last.id} conversation={conversation} exchange={last} onMemories={memories} /></Suspense>}
        <Announcer talk={talk} name={name} />
        <div className="foot">
          <Notices conversation={conversation} talk={talk} />
          <Captions conversation={conversation} talk={talk} onReceipt={(of) => (setReceipt(of), setBeside('log'))} onMemories={memories} />
          <Composer conversation={conversation} talk={talk} />
        </div>
        {drop.over && <p className="drop-here"><strong>Drop it for {name} to read</strong><span>PDF, DOCX, Markdown, HTML or text; a folder too</span></p>}
      </section>
      {beside === 'log' && <Transcript exchanges={talk.exchanges} name={name} open={receipt} onClose={close} onMemories={memories} />}
      <Suspense>
        {beside === 'documents' && <DocumentsPanel character={character} onClose={close} />}
        {beside === 'memories' && (
          <Side title={`What ${name} remembers of you`} close="Close the memories" onClose={close}>
            <MemoriesPanel character={character} characters={characters} onForgotten={onLeave} />
          </Side>
        )}
      </Suspense>
    </main>
  );
}

interface TranscriptProps {
  readonly exchanges: readonly Exchange[];
  readonly name: string;
  /** The turn whose receipt is open. */
  readonly open: string;
  onClose(): void;
  onMemories(): void;
}

function Transcript({ exchanges, name, open, onClose, onMemories }: TranscriptProps): ReactNode {
  const end = useRef<HTMLDivElement>(null);
  const count = exchanges.length;
  useEffect(() => {
    end.current?.scrollIntoView({ block: 'end' });
  }, [count, open]);
  return (
    <Side title="Transcript" close="Close the transcript" onClose={onClose}>
      <div className="scroll" tabIndex={0} role="region" aria-label="What was said">
        <Log exchanges={exchanges} name={name} open={open} onMemories={onMemories} />
        <div ref={end} />
      </div>
    </Side>
  );
}

/** Whole sentences for screen readers; the lit captions are for eyes. */
function Announcer({ talk, name }: { talk: Talk; name: string }) {
  const last = talk.exchanges.findLast((e) => !isRunning(e));
  return (
    <>
      <p className="unseen" aria-live="polite">{talk.waiting && `You said: ${talk.waiting}`}</p>
      <p className="unseen" aria-live="polite">{last ? `${name}: ${last.reply}${spokenSources(last.sources)}` : ''}</p>
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

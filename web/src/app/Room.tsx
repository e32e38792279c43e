import { lazy, Suspense, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import type { Conversation, Talk } from '../talk/conversation';
import { isRunning } from '../talk/transcript';
import { Captions } from './Captions';
import { Composer } from './Composer';
import { Icon } from './icons';
import { Log } from './Log';

const FaceView = lazy(() => import('./FaceView'));

/** One conversation: the face, the captions, the composer, and the log beside them. */
export function Room({ conversation, onTurn }: { conversation: Conversation; onTurn(stamp: string): void }) {
  const talk = useSyncExternalStore(conversation.subscribe, conversation.snapshot);
  const [log, setLog] = useState(false);
  const film = useRef<HTMLVideoElement>(null);
  const finished = talk.exchanges.findLast((e) => !isRunning(e));
  const stamp = finished ? `${finished.id}${finished.state}` : '';
  useEffect(() => onTurn(stamp), [stamp, onTurn]);
  useEscape(conversation);
  return (
    <main className="room" data-log={log}>
      <section className="stage" aria-label={`Conversation with ${conversation.character.displayName}`}>
        <Suspense fallback={<div className="face" />}><FaceView conversation={conversation} hidden={talk.video} /></Suspense>
        <video className="film" ref={film} hidden={!talk.video} playsInline aria-label={`Video of ${conversation.character.displayName}`} />
        <header className="stage-bar-top">
          <h1>{conversation.character.displayName}</h1>
          <div>
            <button
              type="button" className="pill" aria-pressed={talk.video}
              onClick={() => conversation.showVideo(talk.video ? undefined : film.current ?? undefined)}
            >
              <Icon name="film" /> Video
            </button>
            <button type="button" className="pill" aria-expanded={log} onClick={() => setLog(!log)}><Icon name="notes" /> Transcript</button>
          </div>
        </header>
        <Announcer talk={talk} name={conversation.character.displayName} />
        <div className="foot">
          <Notices conversation={conversation} talk={talk} />
          <Captions conversation={conversation} talk={talk} />
          <Composer conversation={conversation} talk={talk} />
        </div>
      </section>
      {log && (
        <aside className="side" aria-label="Transcript">
          <header><h2>Transcript</h2><button type="button" className="quiet" aria-label="Close the transcript" onClick={() => setLog(false)}><Icon name="close" /></button></header>
          <div className="scroll" tabIndex={0} role="region" aria-label="What was said"><Log exchanges={talk.exchanges} name={conversation.character.displayName} /></div>
        </aside>
      )}
    </main>
  );
}

function Notices({ conversation, talk }: { conversation: Conversation; talk: Talk }) {
  return (
    <div className="notices" role="alert">
      {talk.link === 'reconnecting' && (
        <p className="notice"><span><strong>The server does not answer.</strong> Trying again by itself; nothing is lost.</span>
          <button type="button" onClick={() => conversation.retryNow()}>Try now</button></p>
      )}
      {!talk.speaker && talk.link === 'live' && (
        <p className="notice"><span><strong>You are watching.</strong> Another window holds this conversation.</span>
          <button type="button" onClick={() => conversation.takeOver()}>Take over</button></p>
      )}
      {talk.silent && talk.mood === 'speaking' && (
        <p className="notice"><span><strong>The sound is off.</strong> Click anywhere to hear the voice.</span></p>
      )}
      {talk.notice && (
        <p className="notice"><span><strong>{talk.notice.title}.</strong> {talk.notice.advice}</span>
          <button type="button" aria-label="Dismiss" onClick={() => conversation.dismiss()}><Icon name="close" /></button></p>
      )}
    </div>
  );
}

/** Whole answers for screen readers; the lit captions are for eyes. */
function Announcer({ talk, name }: { talk: Talk; name: string }) {
  const last = talk.exchanges.findLast((e) => !isRunning(e));
  return <p className="unseen" aria-live="polite">{last ? `${name}: ${last.reply}` : ''}</p>;
}

function useEscape(conversation: Conversation): void {
  useEffect(() => {
    const stop = (e: KeyboardEvent): void => {
      if (e.key === 'Escape') conversation.interrupt();
    };
    addEventListener('keydown', stop);
    return () => removeEventListener('keydown', stop);
  }, [conversation]);
}

import { useEffect, useRef, useState } from 'react';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import type { Session } from '../gen/parley/conversation/v1/turn_pb.js';
import { deleteSession, listSessions, listTurns, reasonOf } from '../api/client';
import { fromTurn, type Exchange } from '../talk/transcript';
import { Icon } from './icons';
import { Log } from './Log';

/** Earlier conversations, in a drawer: a list, and one of them when chosen. */
export function History({ characters, onClose }: { characters: readonly Character[]; onClose(): void }) {
  const drawer = useRef<HTMLDialogElement>(null);
  const [failure, setFailure] = useState('');
  const [open, setOpen] = useState<{ session: Session; exchanges: readonly Exchange[] }>();
  useEffect(() => {
    drawer.current?.showModal();
  }, []);
  const name = (id: string): string => characters.find((c) => c.id === id)?.displayName ?? id;
  const failed = (error: unknown): void => setFailure(reasonOf(error));
  const show = (session: Session): void => {
    listTurns(session.id).then((turns) => setOpen({ session, exchanges: turns.map(fromTurn) }), failed);
  };
  return (
    <dialog className="drawer" ref={drawer} aria-label="Earlier talks" onClose={onClose} onClick={(e) => e.target === drawer.current && drawer.current.close()}>
      <header>
        {open ? <button type="button" className="round ghost" aria-label="All earlier talks" onClick={() => setOpen(undefined)}><Icon name="back" /></button> : null}
        <h2>{open ? name(open.session.characterId) : 'Earlier talks'}</h2>
        <button type="button" className="round ghost" aria-label="Close" onClick={() => drawer.current?.close()}><Icon name="close" /></button>
      </header>
      {failure && <p className="empty" role="alert">The history could not be read: {failure}</p>}
      <div className="scroll" tabIndex={0} role="region" aria-label={open ? 'What was said' : 'Talks'}>
        {open ? <Log exchanges={open.exchanges} name={name(open.session.characterId)} open="" /> : <Sessions name={name} onShow={show} onFailure={failed} />}
      </div>
    </dialog>
  );
}

function Sessions({ name, onShow, onFailure }: { name(id: string): string; onShow(s: Session): void; onFailure(e: unknown): void }) {
  const [sessions, setSessions] = useState<readonly Session[]>();
  useEffect(() => {
    listSessions().then((all) => setSessions(all.filter((s) => s.turnCount > 0)), onFailure);
    // Asked once for each time the list is opened.
  }, []);
  const remove = (session: Session): void => {
    deleteSession(session.id).then(() => setSessions((all) => all?.filter((s) => s.id !== session.id)), onFailure);
  };
  if (sessions?.length === 0) return <p className="empty">Nothing yet. Your talks are kept here.</p>;
  return (
    <ul className="sessions">
      {sessions?.map((s) => (
        <li key={s.id}>
          <button type="button" className="entry" onClick={() => onShow(s)}>
            <span>{s.title || name(s.characterId)}</span>
            <small>{name(s.characterId)} · {day(s)}</small>
          </button>
          <button type="button" className="round ghost" aria-label={`Delete “${s.title || name(s.characterId)}”`} title="Delete" onClick={() => remove(s)}><Icon name="bin" /></button>
        </li>
      ))}
    </ul>
  );
}

function day(session: Session): string {
  const at = session.updateTime ?? session.createTime;
  if (!at) return '';
  const date = timestampDate(at);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(undefined, today ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' }).format(date);
}

import { useEffect, useState } from 'react';
import { timestampDate } from '@bufbuild/protobuf/wkt';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import type { Session } from '../gen/parley/conversation/v1/turn_pb.js';
import { deleteSession, listSessions, listTurns, reasonOf } from '../api/client';
import { fromTurn, type Exchange } from '../talk/transcript';
import { Icon } from './icons';
import { Log } from './Log';

/** Earlier conversations: a list, and one of them when chosen. */
export function History({ characters, stamp }: { characters: readonly Character[]; stamp: string }) {
  const [sessions, setSessions] = useState<readonly Session[]>();
  const [failure, setFailure] = useState('');
  const [open, setOpen] = useState<{ session: Session; exchanges: readonly Exchange[] }>();

  useEffect(() => {
    listSessions().then((s) => {
      setSessions(s.filter((x) => x.turnCount > 0));
      setFailure('');
    }, (e) => setFailure(reasonOf(e)));
  }, [stamp]);

  const name = (id: string): string => characters.find((c) => c.id === id)?.displayName ?? id;
  const show = (session: Session): void => {
    listTurns(session.id).then((turns) => setOpen({ session, exchanges: turns.map(fromTurn) }), (e) => setFailure(reasonOf(e)));
  };
  const remove = (session: Session): void => {
    deleteSession(session.id).then(() => setSessions((all) => all?.filter((s) => s.id !== session.id)), (e) => setFailure(reasonOf(e)));
  };

  if (open) {
    return (
      <section className="history" aria-label="Earlier conversation">
        <button type="button" className="plain" onClick={() => setOpen(undefined)}><Icon name="back" /> All conversations</button>
        <h3>{name(open.session.characterId)}</h3>
        <Log exchanges={open.exchanges} name={name(open.session.characterId)} />
      </section>
    );
  }
  return (
    <section className="history" aria-label="Earlier conversations">
      <h2>Earlier</h2>
      {failure && <p className="empty" role="alert">The history could not be read: {failure}</p>}
      {!failure && sessions?.length === 0 && <p className="empty">Your conversations will be kept here.</p>}
      <ul>
        {sessions?.map((s) => (
          <li key={s.id}>
            <button type="button" className="entry" onClick={() => show(s)}>
              <span>{s.title || name(s.characterId)}</span>
              <small>{name(s.characterId)} · {day(s)}</small>
            </button>
            <button type="button" className="quiet" aria-label={`Delete “${s.title || name(s.characterId)}”`} title="Delete" onClick={() => remove(s)}><Icon name="bin" /></button>
          </li>
        ))}
      </ul>
    </section>
  );
}

function day(session: Session): string {
  const at = session.updateTime ?? session.createTime;
  if (!at) return '';
  const date = timestampDate(at);
  const today = date.toDateString() === new Date().toDateString();
  return new Intl.DateTimeFormat(undefined, today ? { hour: '2-digit', minute: '2-digit' } : { day: 'numeric', month: 'short' }).format(date);
}

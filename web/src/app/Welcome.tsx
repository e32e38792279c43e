import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { model } from '../face/models';
import type { Picked } from '../knowledge/files';
import { useDesk } from './desk';
import { useFileDrop } from './drop';
import { useLook } from './look';
import { Icon } from './icons';
import { AccountButton } from './AccountButton';
import { Portrait } from './Portrait';

const MemoriesPanel = lazy(() => import('./memories/MemoriesPanel'));

/** The first page: who is there. */
export function Welcome({ characters, failure, onPick, onGive, onHistory }: {
  characters: readonly Character[]; failure: string; onPick(c: Character): void; onGive(c: Character, picked: Picked): void; onHistory(): void;
}) {
  usePreparation(characters);
  const desk = useDesk();
  const [memories, setMemories] = useState(false);
  return (
    <div className="welcome">
      <header className="welcome-bar">
        <p className="brand"><img src="/favicon.svg" alt="" width="30" height="30" />Parley</p>
        {desk.memories && <button type="button" className="pill" onClick={() => setMemories(true)}><Icon name="memory" /><span>Memories</span></button>}
        <button type="button" className="pill" onClick={onHistory}><Icon name="past" /><span>Earlier talks</span></button>
        <AccountButton />
      </header>
      <main>
        <h1>Who would you like to talk to?</h1>
        <p className="lead">Speak or type. They look at you, answer in their own voice, and you can interrupt whenever you like.</p>
        {failure && (
          <p className="notice" role="alert">
            <span><strong>The server does not answer.</strong> Start it with <code>./parley up</code>; this page tries again by itself. ({failure})</span>
          </p>
        )}
        <ul className="people">
          {characters.map((c) => <Person key={c.id} character={c} onPick={onPick} onGive={desk.documents ? onGive : undefined} />)}
          {characters.length === 0 && !failure && [1, 2, 3].map((i) => <li key={i} className="person-soon" aria-hidden="true" />)}
        </ul>
      </main>
      {memories && <MemoriesDrawer characters={characters} onClose={() => setMemories(false)} />}
    </div>
  );
}

function MemoriesDrawer({ characters, onClose }: { characters: readonly Character[]; onClose(): void }) {
  const drawer = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    drawer.current?.showModal();
  }, []);
  return (
    <dialog className="drawer" ref={drawer} aria-label="What they remember of you" onClose={(e) => e.target === drawer.current && onClose()} onClick={(e) => e.target === drawer.current && drawer.current.close()}>
      <header>
        <h2>What they remember of you</h2>
        <button type="button" className="round ghost" aria-label="Close" onClick={() => drawer.current?.close()}><Icon name="close" /></button>
      </header>
      <Suspense><MemoriesPanel characters={characters} onForgotten={onClose} /></Suspense>
    </dialog>
  );
}

function Person({ character, onPick, onGive }: { character: Character; onPick(c: Character): void; onGive?(c: Character, picked: Picked): void }) {
  const { style } = useLook(character);
  const drop = useFileDrop(onGive && ((picked) => onGive(character, picked)));
  const ready = (): void => void model(character.avatar?.avatarId || character.id).catch(() => undefined);
  return (
    <li>
      <button type="button" className="person" style={style} data-over={drop.over} {...drop.handlers} onPointerEnter={ready} onFocus={ready} onClick={() => onPick(character)}>
        <span className="person-picture"><Portrait character={character} /></span>
        <span className="person-words">
          <strong>{character.displayName}</strong>
          <span>{drop.over ? `Drop it for ${character.displayName} to read` : character.description}</span>
        </span>
      </button>
    </li>
  );
}

/** Once the page stands: the drawing code, then the models one after another, unless data is dear. */
function usePreparation(characters: readonly Character[]): void {
  useEffect(() => {
    if (characters.length === 0) return;
    const dear = (navigator as { connection?: { saveData?: boolean } }).connection?.saveData === true;
    const timer = setTimeout(() => void prepare(dear ? [] : characters), 300);
    return () => clearTimeout(timer);
  }, [characters]);
}

async function prepare(characters: readonly Character[]): Promise<void> {
  try {
    await import('./FaceView');
    for (const c of characters.slice(0, 3)) await model(c.avatar?.avatarId || c.id);
  } catch {
    // Only a head start: whoever needs it asks again and says what is wrong.
  }
}

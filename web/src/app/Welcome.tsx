import { useEffect } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { model } from '../face/models';
import { useLook } from './look';
import { Icon } from './icons';
import { Portrait } from './Portrait';

/** The first page: who is there. */
export function Welcome({ characters, failure, onPick, onHistory }: {
  characters: readonly Character[]; failure: string; onPick(c: Character): void; onHistory(): void;
}) {
  usePreparation(characters);
  return (
    <div className="welcome">
      <header className="welcome-bar">
        <p className="brand"><img src="/favicon.svg" alt="" width="30" height="30" />Parley</p>
        <button type="button" className="pill" onClick={onHistory}><Icon name="past" /> Earlier talks</button>
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
          {characters.map((c) => <Person key={c.id} character={c} onPick={onPick} />)}
          {characters.length === 0 && !failure && [1, 2, 3].map((i) => <li key={i} className="person-soon" aria-hidden="true" />)}
        </ul>
      </main>
    </div>
  );
}

function Person({ character, onPick }: { character: Character; onPick(c: Character): void }) {
  const { style } = useLook(character);
  const ready = (): void => void model(character.avatar?.avatarId || character.id).catch(() => undefined);
  return (
    <li>
      <button type="button" className="person" style={style} onPointerEnter={ready} onFocus={ready} onClick={() => onPick(character)}>
        <span className="person-picture"><Portrait character={character} /></span>
        <span className="person-words">
          <strong>{character.displayName}</strong>
          <span>{character.description}</span>
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

import { useState } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { pictureUrl } from '../api/client';

/** The people to talk to. */
export function Picker({ characters, onPick }: { characters: readonly Character[]; onPick(c: Character): void }) {
  return (
    <ul className="people">
      {characters.map((c) => (
        <li key={c.id}>
          <button type="button" onClick={() => onPick(c)}>
            <span className="portrait"><Portrait character={c} /></span>
            <strong>{c.displayName}</strong>
            <span>{c.description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

/** A picture, or the first letter of the name where there is none. */
export function Portrait({ character }: { character: Character }) {
  const [missing, setMissing] = useState(false);
  if (missing) return <span className="initial" aria-hidden="true">{character.displayName.slice(0, 1)}</span>;
  return <img src={pictureUrl(character.avatar?.avatarId || character.id)} alt="" onError={() => setMissing(true)} />;
}

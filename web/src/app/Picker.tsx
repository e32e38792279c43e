import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { pictureUrl } from '../api/client';

/** The people to talk to. */
export function Picker({ characters, onPick }: { characters: readonly Character[]; onPick(c: Character): void }) {
  return (
    <ul className="people">
      {characters.map((c) => (
        <li key={c.id}>
          <button type="button" onClick={() => onPick(c)}>
            <span className="portrait"><img src={pictureUrl(c.avatar?.avatarId || c.id)} alt="" width="256" height="256" /></span>
            <strong>{c.displayName}</strong>
            <span>{c.description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

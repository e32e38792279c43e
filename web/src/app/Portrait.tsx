import { useState } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { pictureUrl, portraitUrl } from '../api/client';
import { usePicture } from './picture';

/**
 * A still of a character without its background, as the stage would draw it; the server's picture
 * for avatars that did not come with the page, and the first letter of the name for none.
 */
export function Portrait({ character }: { character: Character }) {
  const id = character.avatar?.avatarId || character.id;
  const sources = [portraitUrl(id), pictureUrl(id)].filter((s) => s !== undefined);
  const [failed, setFailed] = useState(0);
  const source = sources[failed];
  const picture = usePicture(source ?? '');
  if (!source) return <span className="initial" aria-hidden="true">{character.displayName.slice(0, 1)}</span>;
  return <img className={source.startsWith('/v1/') ? 'picture' : 'cutout'} src={picture || undefined} alt="" onError={() => setFailed(failed + 1)} />;
}

import { useEffect, useState } from 'react';
import { Code, ConnectError } from '@connectrpc/connect';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { listCharacters, reasonOf } from '../api/client';

const RETRY_MS = 2000;

/** The characters; asks again until the server answers. */
export function useCharacters(): { characters: readonly Character[]; failure: string } {
  const [characters, setCharacters] = useState<readonly Character[]>([]);
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let timer = 0;
    let gone = false;
    const ask = async (): Promise<void> => {
      try {
        const all = await listCharacters();
        if (gone) return;
        setCharacters(all);
        setFailure('');
      } catch (error) {
        if (gone) return;
        // Whoever has to sign in is shown the door, not a failure.
        if (ConnectError.from(error).code !== Code.Unauthenticated) setFailure(reasonOf(error));
        timer = setTimeout(ask, RETRY_MS) as unknown as number;
      }
    };
    void ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  return { characters, failure };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { listCharacters, reasonOf } from '../api/client';
import { Conversation } from '../talk/conversation';
import { History } from './History';
import { Room } from './Room';
import { Welcome } from './Welcome';

const RETRY_MS = 2000;

export function App() {
  const { characters, failure } = useCharacters();
  const [conversation, setConversation] = useState<Conversation>();
  const [history, setHistory] = useState(false);
  const current = useRef<Conversation>(undefined);
  const pick = useCallback((character: Character) => {
    void current.current?.close();
    current.current = new Conversation(character);
    setConversation(current.current);
    setHistory(false);
  }, []);
  const leave = (): void => {
    void current.current?.close();
    current.current = undefined;
    setConversation(undefined);
  };
  return (
    <div className="app">
      {conversation
        ? <Room key={conversation.key} conversation={conversation} characters={characters} onPick={pick} onLeave={leave} onHistory={() => setHistory(true)} />
        : <Welcome characters={characters} failure={failure} onPick={pick} onHistory={() => setHistory(true)} />}
      {history && <History characters={characters} onClose={() => setHistory(false)} />}
    </div>
  );
}

/** The characters; asks again until the server answers. */
function useCharacters(): { characters: readonly Character[]; failure: string } {
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
        setFailure(reasonOf(error));
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

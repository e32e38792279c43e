import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { listCharacters, reasonOf } from '../api/client';
import type { Picked } from '../knowledge/files';
import { Conversation } from '../talk/conversation';
import { DeskContext, useKnowledge, type Place } from './desk';
import { History } from './History';
import { Room } from './Room';
import type { Beside } from './RoomBar';
import { Welcome } from './Welcome';

const Reader = lazy(() => import('./documents/Reader'));
const RETRY_MS = 2000;

export function App() {
  const { characters, failure } = useCharacters();
  const known = useKnowledge(characters.length > 0);
  const [place, setPlace] = useState<Place>();
  const [conversation, setConversation] = useState<Conversation>();
  const [beside, setBeside] = useState<Beside>('');
  const [history, setHistory] = useState(false);
  const current = useRef<Conversation>(undefined);
  const pick = useCallback((character: Character, first: Beside = '') => {
    void current.current?.close();
    current.current = new Conversation(character);
    setConversation(current.current);
    setBeside(first);
    setHistory(false);
  }, []);
  const leave = (): void => {
    void current.current?.close();
    current.current = undefined;
    setConversation(undefined);
  };
  const desk = useMemo(() => ({ ...known, read: setPlace }), [known]);
  return (
    <DeskContext value={desk}>
      <div className="app">
        {conversation
          ? <Room key={conversation.key} conversation={conversation} characters={characters} beside={beside} onPick={pick} onGive={give} onLeave={leave} onHistory={() => setHistory(true)} />
          : <Welcome characters={characters} failure={failure} onPick={pick} onGive={(c, picked) => (give(c, picked), pick(c, 'documents'))} onHistory={() => setHistory(true)} />}
        {history && <History characters={characters} onClose={() => setHistory(false)} />}
        <Suspense>{place && <Reader key={JSON.stringify(place)} place={place} onClose={() => setPlace(undefined)} />}</Suspense>
      </div>
    </DeskContext>
  );
}

/** Files for a character to read; they are sent whatever is shown meanwhile. */
function give(character: Character, picked: Picked): void {
  void import('../api/documents').then(({ shelfOf }) => shelfOf(character).add(picked));
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

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { listCharacters, reasonOf } from '../api/client';
import { Conversation } from '../talk/conversation';
import { History } from './History';
import { Icon } from './icons';
import { Picker, Portrait } from './Picker';
import { Room } from './Room';

const RETRY_MS = 2000;

export function App() {
  const { characters, failure } = useCharacters();
  const [conversation, setConversation] = useState<Conversation>();
  const [menu, setMenu] = useState(false);
  const [stamp, setStamp] = useState('');
  const current = useRef<Conversation>(undefined);
  const pick = useCallback((character: Character) => {
    void current.current?.close();
    current.current = new Conversation(character);
    setConversation(current.current);
    setMenu(false);
  }, []);
  const leave = (): void => {
    void current.current?.close();
    current.current = undefined;
    setConversation(undefined);
    setMenu(false);
  };

  return (
    <div className="app" data-menu={menu} data-room={conversation !== undefined}>
      <button type="button" className="menu" aria-label="Characters and history" aria-expanded={menu} onClick={() => setMenu(!menu)}>
        <Icon name={menu ? 'close' : 'menu'} />
      </button>
      <nav className="rail" aria-label="Characters and history">
        <button type="button" className="brand" onClick={leave}><img src="/favicon.svg" alt="" width="28" height="28" />Parley</button>
        {conversation && (
          <ul className="cast" aria-label="Characters">
            {characters.map((c) => (
              <li key={c.id}>
                <button type="button" aria-current={c.id === conversation.character.id} onClick={() => pick(c)}>
                  <Portrait character={c} />
                  <span><strong>{c.displayName}</strong><small>{c.description}</small></span>
                </button>
              </li>
            ))}
          </ul>
        )}
        <History characters={characters} stamp={stamp} />
      </nav>
      {conversation ? (
        <Room key={conversation.key} conversation={conversation} onTurn={setStamp} />
      ) : (
        <main className="welcome">
          <h1>Who would you like to talk to?</h1>
          <p className="lead">Speak or type. They answer in their own voice, and you can interrupt at any time.</p>
          {failure && <p className="notice" role="alert"><span><strong>The server does not answer.</strong> Is it running? Start it with <code>./parley up</code>; this page tries again by itself. ({failure})</span></p>}
          <Picker characters={characters} onPick={pick} />
        </main>
      )}
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
    const ask = (): void => {
      listCharacters().then(
        (all) => {
          if (gone) return;
          setCharacters(all);
          setFailure('');
        },
        (error) => {
          if (gone) return;
          setFailure(reasonOf(error));
          timer = setTimeout(ask, RETRY_MS) as unknown as number;
        },
      );
    };
    ask();
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, []);
  return { characters, failure };
}

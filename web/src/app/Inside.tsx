import { lazy, Suspense, useMemo, useState, type ReactNode } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import type { Route } from '../identity/links';
import type { Picked } from '../knowledge/files';
import { useCharacters } from './characters';
import { DeskContext, useKnowledge, type Place } from './desk';
import { History } from './History';
import { Room } from './Room';
import { useTalk } from './talking';
import { Welcome } from './Welcome';

const Reader = lazy(() => import('./documents/Reader'));
const AccountPage = lazy(() => import('./account/AccountPage'));

/** What whoever is in sees: the first page, a conversation, or the account. */
export function Inside({ route }: { route: Route }) {
  const { characters, failure } = useCharacters();
  const known = useKnowledge(characters.length > 0);
  const { conversation, beside, waiting, pick, leave } = useTalk(characters, route.at === 'talk');
  const [place, setPlace] = useState<Place>();
  const [history, setHistory] = useState(false);
  const desk = useMemo(() => ({ ...known, read: setPlace }), [known]);
  const start = (c: Character, first?: Parameters<typeof pick>[1]): void => (setHistory(false), pick(c, first));
  const shown = (): ReactNode => {
    if (route.at === 'account') return <Suspense><AccountPage tab={route.tab} characters={characters} /></Suspense>;
    if (conversation) return <Room key={conversation.key} conversation={conversation} characters={characters} beside={beside} onPick={start} onGive={give} onLeave={leave} onHistory={() => setHistory(true)} />;
    if (waiting && !failure) return null;
    return <Welcome characters={characters} failure={failure} onPick={start} onGive={(c, picked) => (give(c, picked), start(c, 'documents'))} onHistory={() => setHistory(true)} />;
  };
  return (
    <DeskContext value={desk}>
      <div className="app">
        {shown()}
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

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Character } from '../../gen/parley/character/v1/character_pb.js';
import { ItemKind } from '../../gen/parley/memory/v1/recollection_service_pb.js';
import { recollections } from '../../api/knowledge';
import { save } from '../../api/media';
import { Memories } from '../../knowledge/memories';
import { Icon } from '../icons';
import { ForgetEverything } from './ForgetEverything';
import { MemoryItem } from './MemoryItem';
import './memories.css';

const KINDS: readonly (readonly [string, ItemKind])[] = [
  ['All', ItemKind.UNSPECIFIED], ['Facts', ItemKind.FACT], ['Talks', ItemKind.TURN], ['Summaries', ItemKind.SUMMARY],
];
const PAUSE_MS = 250;

/**
 * What one character, or everybody, remembers of the person: to find, correct, keep and forget.
 * `onForgotten` is told once everything is gone and the person has read what was removed.
 */
export default function MemoriesPanel({ character, characters, onForgotten }: { character?: Character; characters: readonly Character[]; onForgotten(): void }) {
  const memories = useMemo(() => new Memories(recollections, character?.id ?? ''), [character?.id]);
  const { wanted, items, loaded, more, failure } = useSyncExternalStore(memories.subscribe, memories.snapshot);
  const [forgetting, setForgetting] = useState(false);
  const [remark, setRemark] = useState('');
  useEffect(() => void memories.want({}), [memories]);
  const who = wanted.characterId ? character?.displayName ?? wanted.characterId : 'Everybody';
  const saveAll = (): void => {
    setRemark('');
    memories.export().then((text) => save(new Blob([text], { type: 'application/json' }), `memories-${wanted.characterId || 'all'}.json`), () => setRemark('The memories could not be exported. Try again.'));
  };
  return (
    <div className="scroll memories" tabIndex={0} role="region" aria-label={`What ${who} remembers of you`}>
      <Search onQuery={(query) => void memories.want({ query })} />
      <div className="chips" role="group" aria-label="Show only">
        {KINDS.map(([words, kind]) => <button key={words} type="button" className="chip" aria-pressed={wanted.kind === kind} onClick={() => void memories.want({ kind })}>{words}</button>)}
        {character && <button type="button" className="chip" aria-pressed={!wanted.characterId} onClick={() => void memories.want({ characterId: wanted.characterId ? '' : character.id })}>Others too</button>}
      </div>
      <div role="status">{(failure || remark) && <p className="remark" data-bad="true"><span>{failure || remark}</span>{failure && <button type="button" className="small" onClick={() => void memories.want({})}>Try again</button>}</p>}</div>
      {loaded && items.length === 0 && <p className="none">{wanted.query ? 'Nothing that is remembered fits.' : 'Nothing yet. What you tell in a conversation is kept here, and you decide what stays.'}</p>}
      <ul className="rows" aria-label="Memories">
        {items.map((item) => <MemoryItem key={item.id} item={item} memories={memories} by={wanted.characterId ? '' : nameOf(characters, item.characterId)} />)}
      </ul>
      {more && <button type="button" className="small more" onClick={() => void memories.readMore()}>More</button>}
      <footer className="memories-foot">
        <button type="button" className="small" onClick={saveAll}><Icon name="save" /> Export as JSON</button>
        <button type="button" className="small danger quiet" onClick={() => setForgetting(true)}>Forget everything…</button>
      </footer>
      {forgetting && <ForgetEverything onClose={() => setForgetting(false)} onForgotten={onForgotten} />}
    </div>
  );
}

function Search({ onQuery }: { onQuery(q: string): void }) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState('');
  useEffect(() => {
    if (text === asked) return;
    const timer = setTimeout(() => (setAsked(text), onQuery(text)), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [text, asked, onQuery]);
  return (
    <label className="field find"><Icon name="find" /><span className="unseen">Search the memories</span>
      <input type="search" value={text} maxLength={1000} placeholder="Search the memories" onChange={(e) => setText(e.target.value)} />
    </label>
  );
}

function nameOf(characters: readonly Character[], id: string): string {
  return characters.find((c) => c.id === id)?.displayName ?? id;
}

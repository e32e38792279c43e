import { useState } from 'react';
import { ItemKind, type Item } from '../../gen/parley/memory/v1/recollection_service_pb.js';
import { kindWords, whenWords, type Memories } from '../../knowledge/memories';
import { Icon } from '../icons';
import { Confirm } from '../Side';

type Open = '' | 'correct' | 'forget';

/** One thing that is remembered, and what can be done about it. `by` names who remembers it. */
export function MemoryItem({ item, memories, by }: { item: Item; memories: Memories; by: string }) {
  const [open, setOpen] = useState<Open>('');
  const short = item.text.length > 60 ? `${item.text.slice(0, 60)}…` : item.text;
  const turn = item.kind === ItemKind.TURN;
  // What was said comes from a turn; only a correction comes from none.
  const byHand = item.kind === ItemKind.FACT && !item.turnId;
  return (
    <li className="row memory" data-pinned={item.pinned}>
      <div className="row-words">
        <small><b>{kindWords(item)}</b> · {whenWords(item.time)}{by && ` · ${by}`}{byHand && ' · corrected by you'}{item.pinned && ' · kept'}</small>
        {open === 'correct' ? <Correct item={item} memories={memories} onDone={() => setOpen('')} /> : <p>{item.text}</p>}
        {turn && item.characterText && <p className="answered">{item.characterText}</p>}
        {item.history.length > 0 && (
          <details><summary>Before</summary><ul className="before">{item.history.map((h, i) => <li key={i}><s>{h.text}</s> <small>{whenWords(h.time)}{!h.turnId && ', corrected by you'}</small></li>)}</ul></details>
        )}
      </div>
      <div className="row-tools">
        <button type="button" className="round ghost" aria-pressed={item.pinned} aria-label={`Keep “${short}” whatever its age`} title={item.pinned ? 'Kept whatever its age' : 'Keep whatever its age'} onClick={() => void memories.pin(item, !item.pinned)}><Icon name="pin" /></button>
        {!turn && <button type="button" className="round ghost" aria-label={`Correct “${short}”`} title="Correct" aria-expanded={open === 'correct'} onClick={() => setOpen(open === 'correct' ? '' : 'correct')}><Icon name="pen" /></button>}
        <button type="button" className="round ghost" aria-label={`Forget “${short}”`} title="Forget" aria-expanded={open === 'forget'} onClick={() => setOpen(open === 'forget' ? '' : 'forget')}><Icon name="bin" /></button>
      </div>
      {open === 'forget' && <Confirm question="Forget this for good?" yes="Forget" onYes={() => void memories.forget(item.id)} onNo={() => setOpen('')} />}
    </li>
  );
}

function Correct({ item, memories, onDone }: { item: Item; memories: Memories; onDone(): void }) {
  const [text, setText] = useState(item.text);
  const save = async (): Promise<void> => {
    const said = text.trim();
    if (!said) return;
    if (said === item.text || (await memories.correct(item, said))) onDone();
  };
  return (
    <form className="correct" onSubmit={(e) => (e.preventDefault(), void save())} onKeyDown={(e) => e.key === 'Escape' && (e.stopPropagation(), onDone())}>
      <textarea autoFocus aria-label="What is right" value={text} maxLength={20_000} onChange={(e) => setText(e.target.value)} onKeyDown={(e) => e.key === 'Enter' && !e.shiftKey && (e.preventDefault(), void save())} />
      <div className="edit-buttons">
        <button type="submit" className="small strong" disabled={!text.trim()}>Save</button>
        <button type="button" className="small" onClick={onDone}>Cancel</button>
      </div>
    </form>
  );
}

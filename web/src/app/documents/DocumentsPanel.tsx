import { useEffect, useMemo, useState, useSyncExternalStore, type ReactNode } from 'react';
import type { Character } from '../../gen/parley/character/v1/character_pb.js';
import { DocumentStage, type Document } from '../../gen/parley/document/v1/document_pb.js';
import { shelfOf } from '../../api/documents';
import type { Shelf, ShelfState } from '../../knowledge/shelf';
import { isSettled } from '../../knowledge/words';
import { Icon } from '../icons';
import { Side } from '../Side';
import { AddFiles } from './AddFiles';
import { DocumentRow } from './DocumentRow';
import { Found, SHORTEST } from './Found';
import { UploadRow } from './UploadRow';
import './documents.css';

/** What a character has read: what is on its way, what is there, and what is said in it. */
export default function DocumentsPanel({ character, onClose }: { character: Character; onClose(): void }) {
  const shelf = shelfOf(character);
  const state = useSyncExternalStore(shelf.subscribe, shelf.snapshot);
  const [query, setQuery] = useState('');
  const [only, setOnly] = useState('');
  useEffect(() => void shelf.load(), [shelf]);
  const shown = useMemo(() => chosen(state.documents, query, only), [state.documents, query, only]);
  const some = state.documents.length > 0;
  return (
    <Side title="Documents" close="Close the documents" onClose={onClose}>
      <div className="scroll documents" tabIndex={0} role="region" aria-label={`Documents of ${character.displayName}`}>
        <AddFiles name={character.displayName} small={some || state.uploads.length > 0} onFiles={(picked) => shelf.add(picked)} />
        <Remarks state={state} shelf={shelf} />
        <p className="unseen" aria-live="polite">{state.told}</p>
        <ul className="rows" aria-label="Being sent">
          {state.uploads.map((u) => <UploadRow key={u.key} upload={u} onRetry={() => shelf.retryUpload(u.key)} onCancel={() => shelf.cancelUpload(u.key)} />)}
        </ul>
        {some && <SearchField query={query} onQuery={setQuery} name={character.displayName} />}
        {some && <Filters documents={state.documents} only={only} onOnly={setOnly} />}
        <ul className="rows" aria-label="Documents">
          {shown.map((d) => <DocumentRow key={d.id} document={d} shelf={shelf} />)}
        </ul>
        {some && shown.length === 0 && query.trim().length < SHORTEST && <p className="none">No document is called that.</p>}
        <Found query={query} collectionId={shelf.collectionId} known={state.documents} />
      </div>
    </Side>
  );
}

function Remarks({ state, shelf }: { state: ShelfState; shelf: Shelf }) {
  return (
    <div role="status">
      {(state.failure || state.remark) && (
        <p className="remark" data-bad={state.failure !== ''}>
          <span>{state.failure || state.remark}</span>
          <button type="button" className="small" onClick={() => (shelf.dismiss(), state.failure && void shelf.load())}>{state.failure ? 'Try again' : 'OK'}</button>
        </p>
      )}
    </div>
  );
}

function SearchField({ query, onQuery, name }: { query: string; onQuery(q: string): void; name: string }) {
  return (
    <label className="field find"><Icon name="find" /><span className="unseen">Search what {name} has read</span>
      <input type="search" value={query} maxLength={500} placeholder={`Search what ${name} has read`} onChange={(e) => onQuery(e.target.value)} />
    </label>
  );
}

const STATES: Record<string, (d: Document) => boolean> = {
  'In work': (d) => !isSettled(d),
  'Not read': (d) => d.progress?.stage === DocumentStage.FAILED,
};

/** Buttons for what there is to choose from; none where every document is alike. */
function Filters({ documents, only, onOnly }: { documents: readonly Document[]; only: string; onOnly(o: string): void }) {
  const states = Object.keys(STATES).filter((s) => documents.some(STATES[s]!));
  const classes = documents.flatMap((d) => d.classification?.label || []);
  const tags = documents.flatMap((d) => d.tags);
  const all = [...states, ...new Set([...classes, ...tags])].slice(0, 14);
  if (all.length === 0) return null;
  const choice = (value: string, words: ReactNode): ReactNode => <button key={value} type="button" className="chip" aria-pressed={only === value} onClick={() => onOnly(only === value ? '' : value)}>{words}</button>;
  return <div className="chips" role="group" aria-label="Show only">{choice('', 'All')}{all.map((a) => choice(a, a))}</div>;
}

function chosen(documents: readonly Document[], query: string, only: string): readonly Document[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const named = documents.filter((d) => words.every((w) => `${d.displayName} ${d.metadata?.title ?? ''} ${d.tags.join(' ')}`.toLowerCase().includes(w)));
  if (!only) return named;
  return named.filter(STATES[only] ?? ((d) => d.tags.includes(only) || d.classification?.label === only));
}

import { useEffect, useState } from 'react';
import type { Document } from '../../gen/parley/document/v1/document_pb.js';
import { pageOf } from '../../api/pages';
import { paged } from '../../knowledge/words';
import { Icon } from '../icons';

/** Turns pages: by button, by number, and by the arrow keys. */
export function PageTurner({ document, page, onPage }: { document: Document; page: number; onPage(p: number): void }) {
  const last = useLast(document, page);
  const [typed, setTyped] = useState('');
  const unit = paged(document) ? 'Page' : 'Part';
  const turn = (to: number): void => {
    if (to >= 1 && to <= (last ?? to)) onPage(to);
  };
  useEffect(() => {
    const keys = (e: KeyboardEvent): void => {
      if (e.target instanceof HTMLInputElement || e.target instanceof HTMLTextAreaElement || (e.target as Element).closest?.('[role=tablist]')) return;
      if (e.key === 'ArrowRight' || e.key === 'PageDown') turn(page + 1);
      else if (e.key === 'ArrowLeft' || e.key === 'PageUp') turn(page - 1);
    };
    addEventListener('keydown', keys);
    return () => removeEventListener('keydown', keys);
  });
  return (
    <form className="turner" onSubmit={(e) => (e.preventDefault(), turn(Number.parseInt(typed, 10)), setTyped(''))}>
      <button type="button" className="round ghost" aria-label={`${unit} before`} disabled={page <= 1} onClick={() => turn(page - 1)}><Icon name="back" /></button>
      <label><span>{unit}</span><input inputMode="numeric" aria-label={`Go to ${unit.toLowerCase()}`} value={typed} placeholder={String(page)} onChange={(e) => setTyped(e.target.value.replace(/\D/g, ''))} /></label>
      <span>{last === undefined ? '' : `of ${last.toLocaleString('en')}`}</span>
      <button type="button" className="round ghost" aria-label={`Next ${unit.toLowerCase()}`} disabled={page >= (last ?? page + 1)} onClick={() => turn(page + 1)}><Icon name="next" /></button>
    </form>
  );
}

/** The last page; of formats without pages known when the part after this one is not there. */
function useLast(document: Document, page: number): number | undefined {
  const known = document.metadata?.pageCount ?? 0;
  const [end, setEnd] = useState<number>();
  useEffect(() => {
    let gone = false;
    pageOf(document.id, page + 1).catch(() => !gone && known === 0 && setEnd(page));
    return () => {
      gone = true;
    };
  }, [document.id, page, known]);
  return known > 0 ? known : end;
}

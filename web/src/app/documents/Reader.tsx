import { useEffect, useRef, useState, type KeyboardEvent, type MouseEvent } from 'react';
import type { Chunk, Document } from '../../gen/parley/document/v1/document_pb.js';
import { reasonOf } from '../../api/client';
import { documents, fileUrl } from '../../api/documents';
import { isDirect, saveFile } from '../../api/media';
import { pageOf } from '../../api/pages';
import { factsOf } from '../../knowledge/words';
import type { Place } from '../desk';
import { Icon } from '../icons';
import { About } from './About';
import { CutSettings } from './CutSettings';
import { PageTurner } from './PageTurner';
import { PageView } from './PageView';
import { Passages } from './Passages';
import './reader.css';

type Tab = 'Passages' | 'Cutting' | 'About';
const TABS: readonly Tab[] = ['Passages', 'Cutting', 'About'];

/** A document beside its passages; opens at a page, with a passage marked. */
export default function Reader({ place, onClose }: { place: Place; onClose(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const { document, failure } = useDocument(place.documentId);
  const [page, setPage] = usePage(place);
  const [chosen, setChosen] = useState(place.chunkId ?? '');
  const [tab, setTab] = useState<Tab>('Passages');
  const chunks = useChunks(place.documentId, page);
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const choose = (chunk: Chunk): void => {
    setChosen(chunk.id);
    const spans = chunk.spans;
    if (spans.length > 0 && !spans.some((s) => s.page === page)) setPage(spans[0]!.page);
  };
  const quote = chosen === place.chunkId ? place.quote : undefined;
  return (
    <dialog className="reader" ref={dialog} aria-label={document?.displayName ?? 'Document'} onClose={onClose} onClick={(e) => e.target === dialog.current && dialog.current.close()}>
      <header>
        <div className="reader-title"><h2>{document?.displayName ?? ' '}</h2>{document && <small>{factsOf(document)}</small>}</div>
        {document && <Download document={document} />}
        <button type="button" className="round ghost" aria-label="Close the document" onClick={() => dialog.current?.close()}><Icon name="close" /></button>
      </header>
      {failure && <p className="none" role="alert">The document could not be opened: {failure}</p>}
      {document && (
        <div className="reader-parts">
          <section className="reader-page" aria-label="Page">
            <PageView documentId={document.id} page={page} chunks={chunks} chosen={chosen} quote={quote} onChoose={choose} />
            <PageTurner document={document} page={page} onPage={setPage} />
          </section>
          <section className="reader-side">
            <Tabs tab={tab} onTab={setTab} />
            <div className="scroll" role="tabpanel" id="tab-panel" aria-labelledby={`tab-${tab}`} tabIndex={0}>
              {tab === 'Passages' && <Passages chunks={chunks} page={page} chosen={chosen} onChoose={choose} />}
              {tab === 'Cutting' && <CutSettings document={document} />}
              {tab === 'About' && <About document={document} onPage={setPage} />}
            </div>
          </section>
        </div>
      )}
    </dialog>
  );
}

/** A link sends no token: whoever is signed in gets the bytes by a call. */
function Download({ document: { id, displayName } }: { document: Document }) {
  const [failure, setFailure] = useState('');
  const url = fileUrl(id);
  const fetchIt = (e: MouseEvent): void => {
    if (isDirect(url)) return;
    e.preventDefault();
    setFailure('');
    saveFile(url, displayName).catch((error: unknown) => setFailure(reasonOf(error)));
  };
  return (
    <>
      {failure && <small role="alert">Not downloaded: {failure}</small>}
      <a className="round ghost" href={url} download={displayName} aria-label="Download the file" title="Download the file" onClick={fetchIt}><Icon name="save" /></a>
    </>
  );
}

/** One of them is in the order of Tab; arrow keys go from one to the next. */
function Tabs({ tab, onTab }: { tab: Tab; onTab(t: Tab): void }) {
  const step = (e: KeyboardEvent<HTMLDivElement>): void => {
    const by = e.key === 'ArrowRight' ? 1 : e.key === 'ArrowLeft' ? -1 : 0;
    if (by === 0) return;
    const next = TABS[(TABS.indexOf(tab) + by + TABS.length) % TABS.length]!;
    onTab(next);
    e.currentTarget.querySelector<HTMLElement>(`#tab-${next}`)?.focus();
  };
  return (
    <div className="tabs" role="tablist" aria-label="What to see beside the page" onKeyDown={step}>
      {TABS.map((t) => <button key={t} type="button" role="tab" id={`tab-${t}`} aria-controls="tab-panel" aria-selected={t === tab} tabIndex={t === tab ? 0 : -1} onClick={() => onTab(t)}>{t}</button>)}
    </div>
  );
}

function useDocument(documentId: string): { document?: Document; failure: string } {
  const [answer, setAnswer] = useState<{ document?: Document; failure: string }>({ failure: '' });
  useEffect(() => {
    documents.getDocument({ documentId }).then(({ document }) => setAnswer({ document, failure: '' }), (error: unknown) => setAnswer({ failure: reasonOf(error) }));
  }, [documentId]);
  return answer;
}

/** The page that is shown; where a place has none, the one its passage begins on. */
function usePage({ documentId, page, chunkId, quote }: Place): [number, (p: number) => void] {
  const [shown, setShown] = useState(page);
  useEffect(() => {
    if (page === 0) pageOf(documentId, 0, chunkId, quote).then((p) => setShown(p.page?.number ?? 1), () => setShown(1));
  }, [documentId, page, chunkId, quote]);
  return [shown, setShown];
}

/** The passages of a page; those of the page before are kept until they are there. */
function useChunks(documentId: string, page: number): readonly Chunk[] {
  const [chunks, setChunks] = useState<readonly Chunk[]>([]);
  useEffect(() => {
    let gone = false;
    documents.listChunks({ documentId, page, pageSize: 200 }).then((answer) => !gone && setChunks(answer.chunks), () => !gone && setChunks([]));
    return () => {
      gone = true;
    };
  }, [documentId, page]);
  return chunks;
}

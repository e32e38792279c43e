import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Document } from '../../gen/parley/document/v1/document_pb.js';
import type { PreviewChunksResponse } from '../../gen/parley/document/v1/document_service_pb.js';
import { reasonOf } from '../../api/client';
import { documents, shelfIn } from '../../api/documents';
import type { Shelf } from '../../knowledge/shelf';
import { PassageWords } from './Passages';

const TOKENS = 200;
const OVERLAP = 32;
const PAUSE_MS = 250;

/** What another way of cutting would make of this document; nothing changes until it is used. */
export function CutSettings({ document }: { document: Document }) {
  const shelf = shelfIn(document.collectionId);
  const { collection } = useSyncExternalStore(shelf.subscribe, shelf.snapshot);
  const [tokens, setTokens] = useState(TOKENS);
  const [overlap, setOverlap] = useState(OVERLAP);
  useEffect(() => void shelf.loadCollection(), [shelf]);
  useEffect(() => {
    setTokens(collection?.chunks?.maxTokens || TOKENS);
    setOverlap(collection?.chunks?.overlapTokens ?? OVERLAP);
  }, [collection]);
  const { preview, failure } = usePreview(document.id, tokens, overlap);
  return (
    <div className="cutting">
      <label className="slider"><span>Longest passage <b>{tokens} tokens</b></span><input type="range" min={32} max={512} step={8} value={tokens} onChange={(e) => setTokens(Number(e.target.value))} /></label>
      <label className="slider"><span>Repeated at the seams <b>{overlap} tokens</b></span><input type="range" min={0} max={128} step={4} value={overlap} onChange={(e) => setOverlap(Number(e.target.value))} /></label>
      <p className="outcome" role="status">
        {preview ? <><b>{preview.chunkCount.toLocaleString('en')}</b> passages of <b>{Math.round(preview.meanTokens)}</b> tokens on average; now <b>{document.chunkCount.toLocaleString('en')}</b>.</> : failure || 'Trying…'}
      </p>
      <UseThem shelf={shelf} tokens={tokens} overlap={overlap} />
      <ol className="passages">{preview?.chunks.map((c) => <li key={c.id} className="passage-card"><PassageWords chunk={c} /></li>)}</ol>
    </div>
  );
}

function UseThem({ shelf, tokens, overlap }: { shelf: Shelf; tokens: number; overlap: number }) {
  const [state, setState] = useState<'' | 'working' | 'done' | 'failed'>('');
  useEffect(() => setState(''), [tokens, overlap]);
  const use = async (): Promise<void> => {
    setState('working');
    setState((await shelf.cutAs(tokens, overlap)) ? 'done' : 'failed');
  };
  return (
    <div className="use-them">
      <button type="button" className="small strong" disabled={state === 'working'} onClick={() => void use()}>Cut all documents this way</button>
      <small role="status">{state === 'done' ? 'They are being cut again; until then the old passages are found.' : state === 'failed' ? shelf.snapshot().failure : ''}</small>
    </div>
  );
}

function usePreview(documentId: string, maxTokens: number, overlapTokens: number): { preview?: PreviewChunksResponse; failure: string } {
  const [answer, setAnswer] = useState<{ preview?: PreviewChunksResponse; failure: string }>({ failure: '' });
  useEffect(() => {
    let gone = false;
    const timer = setTimeout(() => {
      documents.previewChunks({ documentId, settings: { maxTokens, overlapTokens } }).then(
        (preview) => !gone && setAnswer({ preview, failure: '' }),
        (error: unknown) => !gone && setAnswer({ failure: reasonOf(error) }),
      );
    }, PAUSE_MS);
    return () => {
      gone = true;
      clearTimeout(timer);
    };
  }, [documentId, maxTokens, overlapTokens]);
  return answer;
}

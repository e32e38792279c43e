import { useEffect, useState } from 'react';
import type { Document } from '../../gen/parley/document/v1/document_pb.js';
import type { SearchDocumentsResponse, SearchResult } from '../../gen/parley/document/v1/document_service_pb.js';
import { reasonOf } from '../../api/client';
import { documents } from '../../api/documents';
import { pageWords } from '../../knowledge/words';
import { useDesk } from '../desk';

const PAUSE_MS = 300;
/** Fewer letters are not searched for. */
export const SHORTEST = 3;
const LEFT_OUT: Record<string, string> = { dense: 'by meaning', lexical: 'by words', rerank: 'ordering again' };

/** Passages that fit what is typed, after a short pause; `known` are documents of the collection. */
export function Found({ query, collectionId, known }: { query: string; collectionId: string; known: readonly Document[] }) {
  const words = query.trim();
  const [found, setFound] = useState<{ of: string; answer?: SearchDocumentsResponse; failure?: string }>({ of: '' });
  useEffect(() => {
    if (words.length < SHORTEST) return;
    const stop = new AbortController();
    const timer = setTimeout(() => {
      documents.searchDocuments({ query: words, filter: { collectionIds: [collectionId] }, limit: 12 }, { signal: stop.signal })
        .then((answer) => setFound({ of: words, answer }), (error: unknown) => !stop.signal.aborted && setFound({ of: words, failure: reasonOf(error) }));
    }, PAUSE_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  }, [words, collectionId]);
  if (words.length < SHORTEST) return null;
  const { answer, failure } = found;
  return (
    <section className="found" aria-label="Passages" aria-busy={found.of !== words}>
      <h3>Passages</h3>
      {failure && <p className="none">The search failed: {failure}</p>}
      {answer && answer.leftOut.length > 0 && <p className="none">Without {answer.leftOut.map((l) => LEFT_OUT[l] ?? l).join(' and ')}: too slow this time.</p>}
      {answer?.results.length === 0 && <p className="none">Nothing in the documents fits.</p>}
      <ol className="rows">{answer?.results.map((r) => <Passage key={r.chunk?.id} result={r} document={known.find((d) => d.id === r.chunk?.documentId)} />)}</ol>
    </section>
  );
}

function Passage({ result, document }: { result: SearchResult; document?: Document }) {
  const desk = useDesk();
  const chunk = result.chunk;
  const span = chunk?.spans[0];
  if (!chunk) return null;
  return (
    <li className="row passage">
      <button type="button" className="row-words" onClick={() => desk.read({ documentId: chunk.documentId, page: span?.page ?? 1, chunkId: chunk.id })}>
        <strong>{result.documentName}{span && <small> {pageWords(span.page, span.pageLabel, document)}</small>}</strong>
        <span className="passage-text">{chunk.text}</span>
        <small className="why">{why(result)}</small>
      </button>
    </li>
  );
}

/** How the place in the list came about. */
function why({ parts, duplicates }: SearchResult): string {
  if (!parts) return '';
  const found = [
    parts.denseRank > 0 && `meaning ${parts.cosine.toFixed(2)} (no. ${parts.denseRank})`,
    parts.lexicalRank > 0 && `words ${parts.bm25.toFixed(1)} (no. ${parts.lexicalRank})`,
    parts.rerank !== 0 && `ordered again ${parts.rerank.toFixed(2)}`,
    duplicates > 0 && `stands for ${duplicates} alike`,
  ];
  return found.filter(Boolean).join(' · ');
}

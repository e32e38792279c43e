import { useEffect, useRef } from 'react';
import type { Chunk } from '../../gen/parley/document/v1/document_pb.js';
import { pathOf } from '../../knowledge/marks';

/** The passages of a page as the search knows them; pressing one marks it on the page. */
export function Passages({ chunks, page, chosen, onChoose }: { chunks: readonly Chunk[]; page: number; chosen: string; onChoose(c: Chunk): void }) {
  const list = useRef<HTMLOListElement>(null);
  useEffect(() => {
    list.current?.querySelector('[aria-pressed=true]')?.scrollIntoView({ block: 'nearest' });
  }, [chosen, chunks]);
  if (chunks.length === 0) return <p className="none">No passage was made of page {page}.</p>;
  return (
    <ol className="passages" ref={list}>
      {chunks.map((c) => (
        <li key={c.id}>
          <button type="button" className="passage-card" aria-pressed={c.id === chosen} onClick={() => onChoose(c)}>
            <PassageWords chunk={c} />
          </button>
        </li>
      ))}
    </ol>
  );
}

export function PassageWords({ chunk }: { chunk: Chunk }) {
  const over = chunk.spans.length > 1 ? ` · pages ${chunk.spans[0]!.page} to ${chunk.spans.at(-1)!.page}` : '';
  return (
    <>
      <small>{chunk.position + 1} · {chunk.tokenCount} tokens{over}</small>
      {chunk.headingPath.length > 0 && <span className="path">{pathOf(chunk)}</span>}
      <span className="passage-text">{chunk.text}</span>
    </>
  );
}

import { useEffect, useRef, useState } from 'react';
import type { Chunk } from '../../gen/parley/document/v1/document_pb.js';
import type { GetPageResponse } from '../../gen/parley/document/v1/document_service_pb.js';
import { reasonOf } from '../../api/client';
import { pageImageUrl } from '../../api/documents';
import { pageOf } from '../../api/pages';
import { stretches } from '../../knowledge/marks';
import { usePicture } from '../picture';
import { share } from './PageWindow';

interface Props {
  readonly documentId: string;
  readonly page: number;
  readonly chunks: readonly Chunk[];
  /** The passage that is marked. */
  readonly chosen: string;
  readonly quote?: string;
  onChoose(chunk: Chunk): void;
}

/** A page as a picture, or laid out as text, with its passages: pressing one chooses it. */
export function PageView(props: Props) {
  const { documentId, page, chosen, quote } = props;
  const [found, setFound] = useState<GetPageResponse>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    let gone = false;
    setFailure('');
    pageOf(documentId, page, chosen, quote).then((p) => !gone && setFound(p), (error: unknown) => !gone && setFailure(reasonOf(error)));
    return () => {
      gone = true;
    };
  }, [documentId, page, chosen, quote]);
  const sheet = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    sheet.current?.querySelector('.page-mark.strong, mark')?.scrollIntoView({ block: 'center', behavior: calm ? 'auto' : 'smooth' });
  }, [found]);
  if (failure) return <p className="none">This page could not be read: {failure}</p>;
  if (found?.page?.number !== page) return <div className="sheet" aria-busy="true" />;
  return (
    <div className="sheet" ref={sheet} tabIndex={0} role="region" aria-label={`Page ${page}`}>
      {found.page.hasImage ? <Picture {...props} found={found} /> : <Text {...props} found={found} />}
    </div>
  );
}

function Picture({ documentId, page, chunks, chosen, onChoose, found }: Props & { found: GetPageResponse }) {
  const regions = useRegions(documentId, page, chunks);
  const picture = usePicture(pageImageUrl(documentId, page));
  return (
    <div className="page-sheet whole">
      <img src={picture || undefined} alt={found.page?.text ?? ''} />
      {regions.map(({ chunk, marks }) => chunk.id !== chosen && marks.map((m, i) => (
        <i key={chunk.id + i} className="page-mark" style={share(m)} aria-hidden="true" onClick={() => onChoose(chunk)} />
      )))}
      {found.marks.map((m, i) => <i key={i} className="page-mark strong" style={share(m)} aria-hidden="true" />)}
    </div>
  );
}

/** Where each passage stands on the picture. */
function useRegions(documentId: string, page: number, chunks: readonly Chunk[]) {
  const [regions, setRegions] = useState<readonly { chunk: Chunk; marks: GetPageResponse['marks'] }[]>([]);
  useEffect(() => {
    let gone = false;
    const here = chunks.filter((c) => c.spans.some((s) => s.page === page));
    void Promise.all(here.map((chunk) => pageOf(documentId, page, chunk.id).then(({ marks }) => ({ chunk, marks }), () => ({ chunk, marks: [] }))))
      .then((all) => !gone && setRegions(all));
    return () => {
      gone = true;
    };
  }, [documentId, page, chunks]);
  return regions;
}

function Text({ page, chunks, chosen, onChoose, found }: Props & { found: GetPageResponse }) {
  const parts = stretches(found.page?.text ?? '', page, chunks, chosen ? found.spans : []);
  return (
    <div className="page-text">
      {parts.map((s) => {
        const chunk = chunks.find((c) => s.chunks.includes(c.id));
        return s.marked ? <mark key={s.from}>{s.text}</mark> : <span key={s.from} onClick={() => chunk && onChoose(chunk)}>{s.text}</span>;
      })}
    </div>
  );
}

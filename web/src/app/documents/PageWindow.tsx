import { useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { GetPageResponse } from '../../gen/parley/document/v1/document_service_pb.js';
import { pageImageUrl } from '../../api/documents';
import { pageOf } from '../../api/pages';
import { framing, type Framing } from '../../knowledge/marks';
import type { Place } from '../desk';
import { usePicture } from '../picture';

/**
 * A window onto the passage of a page: the picture drawn around its marks; until that is there, and
 * where there is none, the text around it. `onSeen` is told once nothing better is to come.
 */
export function PageWindow({ place, onSeen }: { place: Place; onSeen?(): void }) {
  const { documentId, page, chunkId, quote } = place;
  const [found, setFound] = useState<GetPageResponse>();
  useEffect(() => {
    let gone = false;
    setFound(undefined);
    pageOf(documentId, page, chunkId, quote).then((p) => !gone && setFound(p), () => !gone && onSeen?.());
    return () => {
      gone = true;
    };
  }, [documentId, page, chunkId, quote, onSeen]);
  const [failed, setFailed] = useState(false);
  const drawn = found?.page !== undefined && found.page.hasImage && !failed;
  useEffect(() => {
    if (found?.page && !drawn) onSeen?.();
  }, [found, drawn, onSeen]);
  if (!found?.page) return <div className="page-window" />;
  return drawn ? <Picture place={place} found={found} onSeen={onSeen} onFailed={() => setFailed(true)} /> : <Excerpt found={found} />;
}

function Picture({ place, found, onSeen, onFailed }: { place: Place; found: GetPageResponse; onSeen?(): void; onFailed(): void }) {
  const picture = usePicture(pageImageUrl(place.documentId, found.page?.number ?? place.page));
  const box = useRef<HTMLDivElement>(null);
  const [aspect, setAspect] = useState(0);
  const [frame, setFrame] = useState<Framing>();
  useLayoutEffect(() => {
    const element = box.current;
    if (!element || !aspect) return;
    const fit = (): void => setFrame(framing(found.marks, aspect, { width: element.clientWidth, height: element.clientHeight }));
    const sizes = new ResizeObserver(fit);
    sizes.observe(element);
    fit();
    return () => sizes.disconnect();
  }, [aspect, found]);
  const loaded = ({ naturalWidth, naturalHeight }: HTMLImageElement): void => {
    setAspect(naturalHeight / naturalWidth);
    onSeen?.();
  };
  return (
    <div className="page-window" ref={box}>
      {!frame && <Excerpt found={found} />}
      <div className="page-sheet" style={frame ? { width: frame.width, left: frame.left, top: frame.top } : { visibility: 'hidden' }}>
        <img src={picture || undefined} alt="" onLoad={(e) => loaded(e.currentTarget)} onError={onFailed} />
        {found.marks.map((m, i) => <i key={i} className="page-mark strong" style={share(m)} />)}
      </div>
    </div>
  );
}

/** The words before the passage, the passage, and what comes after it, as far as there is room. */
function Excerpt({ found }: { found: GetPageResponse }) {
  const text = found.page?.text ?? '';
  const span = found.spans[0];
  if (!span) return <div className="page-window text"><p>{text.slice(0, 600)}</p></div>;
  const from = Math.max(0, text.lastIndexOf(' ', Math.max(0, span.start - 90)));
  return (
    <div className="page-window text">
      <p>{from > 0 && '…'}{text.slice(from, span.start)}<mark>{text.slice(span.start, span.end)}</mark>{text.slice(span.end, span.end + 400)}</p>
    </div>
  );
}

/** A rectangle of a page, as a style. */
export function share(r: { x: number; y: number; width: number; height: number }): { left: string; top: string; width: string; height: string } {
  const percent = (v: number): string => `${(v * 100).toFixed(3)}%`;
  return { left: percent(r.x), top: percent(r.y), width: percent(r.width), height: percent(r.height) };
}

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Heard } from '../audio/media-clock';
import type { GetPageResponse } from '../gen/parley/document/v1/document_service_pb.js';
import { pageImageUrl } from '../api/documents';
import { fetchPicture } from '../api/media';
import { pageOf } from '../api/pages';
import { pageWords } from '../knowledge/words';
import type { Conversation } from '../talk/conversation';
import { openedAt, type Opened, type Source } from '../talk/sources';
import { isRunning, type Exchange } from '../talk/transcript';
import { useDesk } from './desk';
import { PageWindow } from './documents/PageWindow';
import { useHeard } from './heard';
import { titleOf } from './Sources';
import './sources.css';

/** How long a page that came late is shown at least, once it is there. */
const GLANCE_MS = 2_000;
/** A page that does not come is waited for no longer after the answer. */
const PATIENCE_MS = 8_000;

/**
 * What the words that are spoken now come from: the page with its passage, lit as long as they last.
 * A page whose picture came late stays after the answer until it was seen.
 */
export default function SourceCard({ conversation, exchange, onMemories }: { conversation: Conversation; exchange: Exchange; onMemories(): void }) {
  const now = useHeard(conversation, exchange, openedNow, undefined, sameSource);
  const { shown: opened, onSeen } = useGlance(now);
  const desk = useDesk();
  usePreparation(exchange.sources);
  if (!opened) return null;
  const { source, lit } = opened;
  const place = { documentId: source.documentId, page: source.page, chunkId: source.chunkId, quote: source.quote };
  const open = (): void => (source.memoryId ? onMemories() : desk.read(place));
  const where = source.page > 0 ? pageWords(source.page, source.pageLabel) : '';
  return (
    <aside className="source-card" data-lit={lit} aria-label="Where this comes from">
      <button type="button" onClick={open} aria-label={`Open ${titleOf(source)}${where && ` at ${where}`}`}>
        <span className="source-head"><b>{source.number}</b><strong>{titleOf(source)}</strong>{where && <small>{where}</small>}</span>
        {source.documentId && <PageWindow key={source.documentId + source.page} place={place} onSeen={onSeen} />}
        <span className="source-words">{source.quote || source.passage}</span>
      </button>
    </aside>
  );
}

/** Open while the answer is heard, or held in the middle; gone when it is over. */
function openedNow(exchange: Exchange, heard: Heard | undefined): Opened | undefined {
  return heard?.running || isRunning(exchange) ? openedAt(exchange, heard) : undefined;
}

function sameSource(a: Opened | undefined, b: Opened | undefined): boolean {
  return a?.source === b?.source && a?.lit === b?.lit;
}

/** The last source that was open, until its page has been there for a glance. */
function useGlance(now: Opened | undefined): { shown: Opened | undefined; onSeen(): void } {
  const [last, setLast] = useState<Opened>();
  const seenAt = useRef(0);
  const source = now?.source;
  useEffect(() => {
    if (!source) return;
    seenAt.current = source.documentId ? 0 : Date.now();
    setLast({ source, lit: false });
  }, [source]);
  useEffect(() => {
    if (source || !last) return;
    const began = Date.now();
    const timer = setInterval(() => {
      const seen = seenAt.current > 0 && Date.now() - seenAt.current > GLANCE_MS;
      if (seen || Date.now() - began > PATIENCE_MS) setLast(undefined);
    }, 100);
    return () => clearInterval(timer);
  }, [source, last]);
  const onSeen = useCallback(() => {
    seenAt.current ||= Date.now();
  }, []);
  return { shown: now ?? last, onSeen };
}

function prepare(found: GetPageResponse, documentId: string): void {
  if (found.page?.hasImage) void fetchPicture(pageImageUrl(documentId, found.page.number)).catch(() => undefined);
}

/** Pages are fetched when their citations come, which is before their words are spoken. */
function usePreparation(sources: readonly Source[]): void {
  useEffect(() => {
    for (const s of sources) if (s.documentId) pageOf(s.documentId, s.page, s.chunkId, s.quote).then((p) => prepare(p, s.documentId), () => undefined);
  }, [sources]);
}

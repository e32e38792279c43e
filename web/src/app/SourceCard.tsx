import { useEffect } from 'react';
import type { Heard } from '../audio/media-clock';
import type { GetPageResponse } from '../gen/parley/document/v1/document_service_pb.js';
import { pageImageUrl } from '../api/documents';
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

/** What the words that are spoken now come from: the page with its passage, lit as long as they last. */
export default function SourceCard({ conversation, exchange, onMemories }: { conversation: Conversation; exchange: Exchange; onMemories(): void }) {
  const opened = useHeard(conversation, exchange, openedNow, undefined, sameSource);
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
        {source.documentId && <PageWindow key={source.documentId + source.page} place={place} />}
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

function fetchPicture(found: GetPageResponse, documentId: string): void {
  if (found.page?.hasImage) new Image().src = pageImageUrl(documentId, found.page.number);
}

/** Pages are fetched when their citations come, which is before their words are spoken. */
function usePreparation(sources: readonly Source[]): void {
  useEffect(() => {
    for (const s of sources) if (s.documentId) pageOf(s.documentId, s.page, s.chunkId, s.quote).then((p) => fetchPicture(p, s.documentId), () => undefined);
  }, [sources]);
}

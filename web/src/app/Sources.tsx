import { pageWords } from '../knowledge/words';
import { distinct, type Source } from '../talk/sources';
import { useDesk } from './desk';

/** Where an answer came from; each opens the document at its page, or what is remembered. */
export function Sources({ sources, onMemories }: { sources: readonly Source[]; onMemories?(): void }) {
  const desk = useDesk();
  const opener = (s: Source): (() => void) | undefined => {
    if (s.memoryId) return desk.memories ? onMemories : undefined;
    return desk.documents ? () => desk.read({ documentId: s.documentId, page: s.page, chunkId: s.chunkId, quote: s.quote }) : undefined;
  };
  return (
    <ol className="sources" aria-label="Sources">
      {distinct(sources).map((s, i) => {
        const open = opener(s);
        return (
          <li key={i}>
            {open
              ? <button type="button" className="source" onClick={open}><SourceWords source={s} /></button>
              : <span className="source"><SourceWords source={s} /></span>}
          </li>
        );
      })}
    </ol>
  );
}

function SourceWords({ source }: { source: Source }) {
  return <><b>{source.number}</b><span>{titleOf(source)}</span>{source.page > 0 && <small>{pageWords(source.page, source.pageLabel)}</small>}</>;
}

export function titleOf(source: Source): string {
  return source.memoryId ? source.title || 'What you told me' : source.title;
}

/** `Sources: Guide, page 4; What you told me.` for who listens to the page. */
export function spokenSources(sources: readonly Source[]): string {
  if (sources.length === 0) return '';
  return ` Sources: ${distinct(sources).map((s) => titleOf(s) + (s.page > 0 ? `, ${pageWords(s.page, s.pageLabel)}` : '')).join('; ')}.`;
}

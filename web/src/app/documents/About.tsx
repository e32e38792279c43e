import { useEffect, useState, useSyncExternalStore, type ReactNode } from 'react';
import { timestampDate, type Timestamp } from '@bufbuild/protobuf/wkt';
import type { Document } from '../../gen/parley/document/v1/document_pb.js';
import { shelfIn } from '../../api/documents';
import { sizeOf } from '../../knowledge/words';

/** What is known about a document; a class that was found can be corrected. */
export function About({ document, onPage }: { document: Document; onPage(p: number): void }) {
  const m = document.metadata;
  return (
    <div className="about">
      {document.progress?.warnings.map((w) => <p key={w} className="remark" data-bad="true">{w}</p>)}
      <dl>
        <Fact name="Title">{m?.title}</Fact>
        <Fact name="By">{m?.authors.join(', ')}</Fact>
        <Fact name="Written">{dayOf(m?.writtenTime)}</Fact>
        <Fact name="Pages">{m?.pageCount ? m.pageCount.toLocaleString('en') : ''}</Fact>
        <Fact name="Words">{m?.wordCount.toLocaleString('en')}</Fact>
        <Fact name="Passages">{document.chunkCount.toLocaleString('en')}</Fact>
        <Fact name="Language">{languageOf(m?.language)}</Fact>
        <Fact name="File">{sizeOf(Number(document.sizeBytes))}</Fact>
        <Fact name="Added">{dayOf(document.createTime)}</Fact>
      </dl>
      <ClassOf document={document} />
      {m && m.headings.length > 0 && (
        <nav aria-label="Headings"><h3>Headings</h3>
          <ol className="headings">{m.headings.map((h, i) => (
            <li key={i} data-level={Math.min(4, h.level)}><button type="button" onClick={() => onPage(h.page)}><span>{h.text}</span><small>{h.page}</small></button></li>
          ))}</ol>
        </nav>
      )}
    </div>
  );
}

/** Which of the collection's classes it belongs to; nothing where none are defined. */
function ClassOf({ document }: { document: Document }) {
  const shelf = shelfIn(document.collectionId);
  const { documents, collection } = useSyncExternalStore(shelf.subscribe, shelf.snapshot);
  const now = documents.find((d) => d.id === document.id) ?? document;
  const [failed, setFailed] = useState(false);
  useEffect(() => void shelf.loadCollection(), [shelf]);
  const classes = collection?.classes ?? [];
  const found = now.classification;
  if (classes.length === 0 && !found?.label) return null;
  return (
    <label className="field"><span>Class{found && found.confidence < 1 && ` (found, ${Math.round(found.confidence * 100)} % certain)`}{failed && ': could not be changed'}</span>
      <select value={found?.label ?? ''} onChange={(e) => void shelf.classify(now, e.target.value).then((ok) => setFailed(!ok))}>
        <option value="">None</option>
        {[...new Set([...classes.map((c) => c.label), found?.label ?? ''])].filter(Boolean).map((label) => <option key={label}>{label}</option>)}
      </select>
    </label>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return children ? <div><dt>{name}</dt><dd>{children}</dd></div> : null;
}

function dayOf(time: Timestamp | undefined): string {
  return time ? new Intl.DateTimeFormat(undefined, { dateStyle: 'medium' }).format(timestampDate(time)) : '';
}

function languageOf(code: string | undefined): string {
  if (!code || code === 'und') return '';
  try {
    return new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code;
  } catch {
    return code;
  }
}

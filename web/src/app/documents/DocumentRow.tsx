import { useState } from 'react';
import { DocumentStage, type Document } from '../../gen/parley/document/v1/document_pb.js';
import type { Shelf } from '../../knowledge/shelf';
import { factsOf, formatOf, isSettled, shareOf, stageWords, troubleOf } from '../../knowledge/words';
import { useDesk } from '../desk';
import { Icon } from '../icons';
import { Confirm } from '../Side';
import { Bar } from './UploadRow';

type Open = '' | 'edit' | 'delete';

/** A document: opened when it is ready, how far it is before that, and why it failed. */
export function DocumentRow({ document, shelf }: { document: Document; shelf: Shelf }) {
  const desk = useDesk();
  const [open, setOpen] = useState<Open>('');
  const name = document.displayName;
  const ready = document.progress?.stage === DocumentStage.READY;
  const failed = document.progress?.stage === DocumentStage.FAILED;
  return (
    <li className="row" data-failed={failed} data-stage={stageWords(document)}>
      <button type="button" className="row-words" disabled={!ready} aria-label={ready ? `Open “${name}”` : undefined} onClick={() => desk.read({ documentId: document.id, page: 1 })}>
        <strong><span className="kind" data-kind={formatOf(document)}>{formatOf(document)}</span>{name}</strong>
        <State document={document} />
        {document.tags.length > 0 && <span className="tags">{document.tags.map((t) => <i key={t}>{t}</i>)}</span>}
      </button>
      <div className="row-tools">
        {failed && <button type="button" className="small" onClick={() => void shelf.reprocess(document.id)}>Try again</button>}
        <button type="button" className="round ghost" aria-label={`Rename or tag “${name}”`} title="Rename or tag" aria-expanded={open === 'edit'} onClick={() => setOpen(open === 'edit' ? '' : 'edit')}><Icon name="pen" /></button>
        <button type="button" className="round ghost" aria-label={`Delete “${name}”`} title="Delete" aria-expanded={open === 'delete'} onClick={() => setOpen(open === 'delete' ? '' : 'delete')}><Icon name="bin" /></button>
      </div>
      {open === 'edit' && <Edit document={document} shelf={shelf} onDone={() => setOpen('')} />}
      {open === 'delete' && <Confirm question={`Delete “${name}” with its passages?`} yes="Delete" onYes={() => void shelf.remove(document.id)} onNo={() => setOpen('')} />}
    </li>
  );
}

function State({ document }: { document: Document }) {
  const progress = document.progress;
  if (progress?.stage === DocumentStage.FAILED) {
    const trouble = troubleOf(progress.failureReason, progress.failure);
    return <span className="trouble"><b>{trouble.title}.</b> {trouble.advice}</span>;
  }
  if (isSettled(document)) {
    const what = [document.classification?.label, factsOf(document).replace(/^[^·]+· /, '')].filter(Boolean).join(' · ');
    return <small>{what}{progress && progress.warnings.length > 0 && <em className="warned"> · {progress.warnings[0]}</em>}</small>;
  }
  return <><small>{stageWords(document)}</small><Bar share={shareOf(progress)} label={`${document.displayName}: ${stageWords(document)}`} /></>;
}

function Edit({ document, shelf, onDone }: { document: Document; shelf: Shelf; onDone(): void }) {
  const [name, setName] = useState(document.displayName);
  const [tags, setTags] = useState(document.tags.join(', '));
  const save = async (): Promise<void> => {
    const wanted = [...new Set(tags.split(',').map((t) => t.trim().slice(0, 64)).filter(Boolean))].slice(0, 32);
    let done = !name.trim() || name.trim() === document.displayName || (await shelf.rename(document, name.trim()));
    const now = shelf.snapshot().documents.find((d) => d.id === document.id) ?? document;
    if (done && wanted.join() !== now.tags.join()) done = await shelf.tag(now, wanted);
    if (done) onDone();
  };
  return (
    <form className="edit" onSubmit={(e) => (e.preventDefault(), void save())} onKeyDown={(e) => e.key === 'Escape' && (e.stopPropagation(), onDone())}>
      <label className="field"><span>Name</span><input autoFocus value={name} maxLength={200} onChange={(e) => setName(e.target.value)} /></label>
      <label className="field"><span>Tags, with commas between</span><input value={tags} onChange={(e) => setTags(e.target.value)} /></label>
      <div className="edit-buttons">
        <button type="submit" className="small strong">Save</button>
        <button type="button" className="small" onClick={onDone}>Cancel</button>
      </div>
    </form>
  );
}

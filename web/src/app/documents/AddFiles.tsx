import { useRef } from 'react';
import { ACCEPTED, chosenFiles, type Picked } from '../../knowledge/files';
import { Icon } from '../icons';

/** Two buttons for who does not drag: files, or a whole folder. */
export function AddFiles({ name, small, onFiles }: { name: string; small: boolean; onFiles(picked: Picked): void }) {
  const files = useRef<HTMLInputElement>(null);
  const folder = useRef<HTMLInputElement>(null);
  const take = (input: HTMLInputElement, all: boolean): void => {
    const chosen = Array.from(input.files ?? []);
    if (chosen.length > 0) onFiles(chosenFiles(chosen, () => all));
    input.value = '';
  };
  return (
    <div className="add-files" data-small={small}>
      {small ? <p>Drop more, or choose</p> : <><h3>Give {name} something to read</h3><p>Drop files or a folder anywhere on {name}, or choose them. Answers then quote them by page.</p></>}
      <div className="add-buttons">
        <button type="button" className="small strong" onClick={() => files.current?.click()}><Icon name="add" /> Files</button>
        <button type="button" className="small" onClick={() => folder.current?.click()}><Icon name="add" /> Folder</button>
      </div>
      <p className="kinds">PDF, DOCX, Markdown, HTML and text, up to 512 MB each</p>
      <input ref={files} hidden type="file" multiple accept={ACCEPTED.join(',')} aria-label="Files to read" onChange={(e) => take(e.target, true)} />
      <input ref={folder} hidden type="file" multiple aria-label="Folder to read" {...{ webkitdirectory: '' }} onChange={(e) => take(e.target, false)} />
    </div>
  );
}

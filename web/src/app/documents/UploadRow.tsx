import type { Upload } from '../../knowledge/uploads';
import { sizeOf } from '../../knowledge/words';
import { Icon } from '../icons';

/** A file on its way to the server, or why it did not get there. */
export function UploadRow({ upload, onRetry, onCancel }: { upload: Upload; onRetry(): void; onCancel(): void }) {
  const { name, sizeBytes, sentBytes, state, trouble } = upload;
  const failed = state === 'failed';
  return (
    <li className="row" data-failed={failed}>
      <div className="row-words">
        <strong>{name}</strong>
        {trouble
          ? <p className="trouble"><b>{trouble.title}.</b> {trouble.advice}</p>
          : <small>{state === 'waiting' ? `Waiting to be sent · ${sizeOf(sizeBytes)}` : `Sending ${sizeOf(sentBytes)} of ${sizeOf(sizeBytes)}`}</small>}
        {!failed && <Bar share={sizeBytes ? sentBytes / sizeBytes : 0} label={`Sending ${name}`} />}
      </div>
      <div className="row-tools">
        {failed && !trouble?.final && <button type="button" className="small" onClick={onRetry}>Try again</button>}
        <button type="button" className="round ghost" aria-label={failed ? `Take “${name}” off the list` : `Stop sending “${name}”`} onClick={onCancel}><Icon name="close" /></button>
      </div>
    </li>
  );
}

/** How far something is. */
export function Bar({ share, label }: { share: number; label: string }) {
  const percent = Math.round(share * 100);
  return (
    <div className="bar" role="progressbar" aria-label={label} aria-valuemin={0} aria-valuemax={100} aria-valuenow={percent}>
      <i style={{ width: `${percent}%` }} />
    </div>
  );
}

import { useEffect, useRef, useState } from 'react';
import { ErasureState, type Erasure } from '../../gen/parley/conversation/v1/privacy_service_pb.js';
import { reasonOf } from '../../api/client';
import { privacy } from '../../api/knowledge';
import { forgetEverything } from '../../knowledge/memories';

const WORDS = 'forget me';

/** Erases everything about the person, once they have written that they want it, and shows what went. */
export function ForgetEverything({ onClose, onForgotten }: { onClose(): void; onForgotten(): void }) {
  const dialog = useRef<HTMLDialogElement>(null);
  const [typed, setTyped] = useState('');
  const [erasure, setErasure] = useState<Erasure>();
  const [failure, setFailure] = useState('');
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal();
  }, []);
  const sure = typed.trim().toLowerCase() === WORDS;
  const done = erasure?.state === ErasureState.DONE;
  const forget = (): void => {
    if (!sure) return;
    setFailure('');
    forgetEverything(privacy, setErasure).catch((error: unknown) => setFailure(reasonOf(error)));
  };
  return (
    <dialog className="forget" ref={dialog} aria-labelledby="forget-title" onClose={() => (done ? onForgotten() : onClose())}>
      <h2 id="forget-title">{done ? 'Everything about you is gone' : erasure ? 'Forgetting…' : 'Forget everything about you?'}</h2>
      {erasure ? <Report erasure={erasure} /> : (
        <form onSubmit={(e) => (e.preventDefault(), forget())}>
          <p>All your talks with their recordings, all memories of every character, and all that was computed from them are erased. Running talks end. Your documents stay. <b>This cannot be undone.</b></p>
          <label className="field"><span>Write “{WORDS}” to confirm</span><input autoFocus autoComplete="off" value={typed} onChange={(e) => setTyped(e.target.value)} /></label>
          <div className="edit-buttons">
            <button type="submit" className="small danger" disabled={!sure}>Forget everything</button>
            <button type="button" className="small" onClick={() => dialog.current?.close()}>Cancel</button>
          </div>
        </form>
      )}
      {failure && <p className="remark" data-bad="true" role="alert">It could not be done: {failure}</p>}
      {erasure && <div className="edit-buttons"><button type="button" className="small strong" onClick={() => dialog.current?.close()}>{done ? 'Done' : 'Close; it goes on by itself'}</button></div>}
    </dialog>
  );
}

function Report({ erasure }: { erasure: Erasure }) {
  const done = erasure.state === ErasureState.DONE;
  return (
    <>
      <p role="status">{done ? 'This was removed:' : 'Removed so far:'}</p>
      <table className="removals">
        <thead className="unseen"><tr><th>What</th><th>How many</th></tr></thead>
        <tbody>{erasure.removals.map((r) => <tr key={r.what}><th scope="row">{r.what}</th><td>{r.count.toLocaleString('en')}</td></tr>)}</tbody>
      </table>
    </>
  );
}

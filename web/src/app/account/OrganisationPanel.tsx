import { useState } from 'react';
import type { Organisation } from '../../gen/parley/identity/v1/identity_pb.js';
import { Permission } from '../../gen/parley/type/v1/access_pb.js';
import { who } from '../../api/identity';
import type { OrganisationDesk } from '../../identity/organisation';
import type { WhoState } from '../../identity/who';
import { submitting, TextField } from './fields';
import { Panel } from './Panel';

/** Its name, what is masked, and the way to another one. */
export function OrganisationPanel({ state, all, desk }: { state: WhoState; all: readonly Organisation[]; desk: OrganisationDesk }) {
  const { organisation } = state;
  const [name, setName] = useState(organisation?.displayName ?? '');
  const owns = who.may(Permission.ORGANISATION_WRITE);
  return (
    <Panel title="The organisation itself">
      {owns && (
        <>
          <form className="line-form" onSubmit={submitting(() => void desk.rename(name.trim()))}>
            <TextField label="Name" required maxLength={100} value={name} onValue={setName} />
            <button type="submit" className="small strong" disabled={!name.trim() || name.trim() === organisation?.displayName}>Rename</button>
          </form>
          <label className="choice">
            <input type="checkbox" checked={organisation?.maskTranscripts ?? false} onChange={(e) => void desk.mask(e.target.checked)} />
            <span><strong>Mask personal data in stored transcripts</strong><small>Addresses, phone, card and account numbers of talks from now on are stored as •••; logs never hold them.</small></span>
          </label>
        </>
      )}
      {state.presence !== 'local' && <Others current={organisation?.id ?? ''} all={all} desk={desk} />}
    </Panel>
  );
}

function Others({ current, all, desk }: { current: string; all: readonly Organisation[]; desk: OrganisationDesk }) {
  const [name, setName] = useState('');
  const others = all.filter((o) => o.id !== current);
  return (
    <>
      {others.length > 0 && (
        <ul className="lines" aria-label="Your other organisations">
          {others.map((o) => <li key={o.id}><span className="line-words"><strong>{o.displayName}</strong></span><button type="button" className="small" onClick={() => void desk.switchTo(o.id)}>Go there</button></li>)}
        </ul>
      )}
      <details className="more-of">
        <summary>Make another organisation</summary>
        <form className="line-form" onSubmit={submitting(() => void desk.create(name.trim()))}>
          <TextField label="Its name" required maxLength={100} value={name} onValue={setName} />
          <button type="submit" className="small strong" disabled={!name.trim()}>Make it</button>
        </form>
      </details>
    </>
  );
}

import { useState } from 'react';
import { leave } from '../../api/identity';
import type { OrganisationDesk } from '../../identity/organisation';
import { submitting, TextField } from './fields';
import { Panel } from './Panel';

/** Ends the organisation with everything in it, once its name was written. */
export function EndOrganisation({ name, desk }: { name: string; desk: OrganisationDesk }) {
  const [open, setOpen] = useState(false);
  const [typed, setTyped] = useState('');
  const end = (): void => void desk.end(typed.trim()).then((done) => done && void leave());
  return (
    <Panel title="End the organisation" lead="Characters, documents, talks and keys of everybody in it are deleted. This cannot be undone." tools={!open && <button type="button" className="small danger quiet" onClick={() => setOpen(true)}>End it…</button>}>
      {open && (
        <form className="line-form" onSubmit={submitting(end)}>
          <TextField label={`Write “${name}” to confirm`} autoFocus autoComplete="off" value={typed} onValue={setTyped} />
          <button type="submit" className="small danger" disabled={typed.trim() !== name}>End it for good</button>
          <button type="button" className="small" onClick={() => setOpen(false)}>Keep it</button>
        </form>
      )}
    </Panel>
  );
}

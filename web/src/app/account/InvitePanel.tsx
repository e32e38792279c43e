import { useState } from 'react';
import type { Invitation } from '../../gen/parley/identity/v1/identity_pb.js';
import { Role } from '../../gen/parley/type/v1/access_pb.js';
import type { OrganisationDesk } from '../../identity/organisation';
import { roleName, timeWords } from '../../identity/words';
import { Icon } from '../icons';
import { CopyField, submitting, TextField } from './fields';
import { Panel } from './Panel';
import { RoleSelect } from './RoleSelect';

/** Asks somebody to join, and shows who was asked and has not come. */
export function InvitePanel({ invitations, invited, mine, desk }: { invitations: readonly Invitation[]; invited?: { email: string; link: string }; mine: Role; desk: OrganisationDesk }) {
  const [email, setEmail] = useState('');
  const [role, setRole] = useState(Role.MEMBER);
  const [busy, setBusy] = useState(false);
  const invite = (): void => {
    setBusy(true);
    void desk.invite(email.trim(), role).then((done) => (setBusy(false), done && setEmail('')));
  };
  return (
    <Panel title="Invite a colleague">
      <form className="two" onSubmit={submitting(invite)}>
        <TextField label="E-mail" type="email" required maxLength={254} autoComplete="off" value={email} onValue={setEmail} />
        <RoleSelect label="As" role={role} most={mine} onRole={setRole} plain />
        <div className="edit-buttons"><button type="submit" className="small strong" disabled={busy}>Invite</button></div>
      </form>
      <div role="status">
        {invited && (invited.link
          ? <div className="handed"><p>This server sends no mail. Hand this link to {invited.email}:</p><CopyField label="Link of the invitation" value={invited.link} /></div>
          : <p className="told">A link is on its way to {invited.email}.</p>)}
      </div>
      {invitations.length > 0 && (
        <ul className="lines" aria-label="Invitations not yet accepted">
          {invitations.map((i) => (
            <li key={i.id}>
              <span className="line-words"><strong>{i.email}</strong><small>{roleName(i.role)} · ends {timeWords(i.expireTime)}</small></span>
              <button type="button" className="small danger quiet" aria-label={`Take back the invitation of ${i.email}`} onClick={() => void desk.revoke(i.id)}><Icon name="close" /> Take back</button>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  );
}

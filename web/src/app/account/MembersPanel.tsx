import { useState } from 'react';
import type { Member } from '../../gen/parley/identity/v1/identity_pb.js';
import { Permission, type Role } from '../../gen/parley/type/v1/access_pb.js';
import { who } from '../../api/identity';
import type { OrganisationDesk } from '../../identity/organisation';
import type { WhoState } from '../../identity/who';
import { roleName, timeWords } from '../../identity/words';
import { Icon } from '../icons';
import { Confirm } from '../Side';
import { Initial } from './Initial';
import { Panel } from './Panel';
import { RoleSelect } from './RoleSelect';

/** Who is in the organisation, and what each is there. */
export function MembersPanel({ members, state, desk }: { members: readonly Member[]; state: WhoState; desk: OrganisationDesk }) {
  return (
    <Panel title={members.length === 1 ? 'One member' : `${members.length} members`}>
      <ul className="lines" aria-label="Members">
        {members.map((m) => <MemberLine key={m.person?.id} member={m} state={state} desk={desk} />)}
      </ul>
    </Panel>
  );
}

function MemberLine({ member, state, desk }: { member: Member; state: WhoState; desk: OrganisationDesk }) {
  const [sure, setSure] = useState(false);
  const { person, role, joinTime } = member;
  if (!person) return null;
  const self = person.id === state.person?.id;
  // Nobody touches a role above one's own.
  const may = who.may(Permission.MEMBERS_WRITE) && role <= state.role;
  const name = person.displayName || person.email;
  const give = (next: Role): void => void desk.setRole(person.id, next);
  return (
    <li>
      <Initial name={name} />
      <span className="line-words"><strong>{name}{self && <i> (you)</i>}</strong><small>{person.email}{joinTime && ` · since ${timeWords(joinTime)}`}</small></span>
      {may ? <RoleSelect label={`Role of ${name}`} role={role} most={state.role} onRole={give} /> : <span className="badge">{roleName(role)}</span>}
      {may && !self && <button type="button" className="round ghost" aria-label={`Remove ${name}`} title="Remove" aria-expanded={sure} onClick={() => setSure(!sure)}><Icon name="bin" /></button>}
      {sure && <Confirm question={`Remove ${name} from the organisation? What they said stays theirs until they have it forgotten.`} yes="Remove" onYes={() => void desk.remove(person.id)} onNo={() => setSure(false)} />}
    </li>
  );
}

import { useState } from 'react';
import type { ServiceAccount } from '../../gen/parley/identity/v1/identity_pb.js';
import { Role } from '../../gen/parley/type/v1/access_pb.js';
import type { Keys } from '../../identity/keys';
import { roleName, timeWords } from '../../identity/words';
import { Confirm } from '../Side';
import { submitting, TextField } from './fields';
import { Panel } from './Panel';
import { RoleSelect } from './RoleSelect';

/** Accounts of programs, which outlive the people who made them. */
export function ServiceAccounts({ accounts, mine, keys }: { accounts: readonly ServiceAccount[]; mine: Role; keys: Keys }) {
  const [open, setOpen] = useState(false);
  const [name, setName] = useState('');
  const [role, setRole] = useState(Role.MEMBER);
  const make = (): void => void keys.createAccount(name.trim(), role).then((done) => done && (setOpen(false), setName('')));
  return (
    <Panel title="Service accounts" lead="A program with a role of its own: its keys stay good when the person who made them leaves." tools={!open && <button type="button" className="small" onClick={() => setOpen(true)}>New account</button>}>
      {open && (
        <form className="two" onSubmit={submitting(make)}>
          <TextField label="Name" required maxLength={100} autoFocus value={name} onValue={setName} />
          <RoleSelect label="As" role={role} most={mine} onRole={setRole} plain />
          <div className="edit-buttons">
            <button type="submit" className="small strong" disabled={!name.trim()}>Make the account</button>
            <button type="button" className="small" onClick={() => setOpen(false)}>Cancel</button>
          </div>
        </form>
      )}
      <ul className="lines" aria-label="Service accounts">{accounts.map((a) => <AccountLine key={a.id} account={a} keys={keys} />)}</ul>
    </Panel>
  );
}

function AccountLine({ account, keys }: { account: ServiceAccount; keys: Keys }) {
  const [sure, setSure] = useState(false);
  return (
    <li>
      <span className="line-words"><strong>{account.displayName}</strong><small>{roleName(account.role)} · since {timeWords(account.createTime)}</small></span>
      <button type="button" className="small danger quiet" aria-label={`End ${account.displayName}`} aria-expanded={sure} onClick={() => setSure(!sure)}>End</button>
      {sure && <Confirm question={`End “${account.displayName}” and all its keys?`} yes="End it" onYes={() => void keys.deleteAccount(account.id)} onNo={() => setSure(false)} />}
    </li>
  );
}

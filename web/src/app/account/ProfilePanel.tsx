import { useState } from 'react';
import type { Account } from '../../identity/account';
import type { WhoState } from '../../identity/who';
import { Icon } from '../icons';
import { submitting, TextField } from './fields';
import { Panel } from './Panel';

/** Name, language, and whether the address is proven. */
export function ProfilePanel({ state, account }: { state: WhoState; account: Account }) {
  const { person } = state;
  const [name, setName] = useState(person?.displayName ?? '');
  const [language, setLanguage] = useState(person?.language ?? '');
  const [told, setTold] = useState('');
  const changed = name.trim() !== person?.displayName || language !== person.language;
  const save = (): void => void account.saveProfile(name.trim(), language.trim()).then((done) => setTold(done ? 'Saved' : ''));
  const verify = (): void => void account.sendVerification().then((done) => setTold(done ? 'A link is on its way. Where this server sends no mail, whoever runs it has the link.' : ''));
  return (
    <Panel title="Profile">
      <p className="address">
        <strong>{person?.email}</strong>
        {person?.emailVerified
          ? <span className="badge good"><Icon name="check" /> verified</span>
          : <><span className="badge">not verified</span><button type="button" className="small" onClick={verify}>Send the link again</button></>}
      </p>
      <form className="two" onSubmit={submitting(save)}>
        <TextField label="Name" autoComplete="name" required maxLength={100} value={name} onValue={setName} />
        <TextField label="Language" placeholder="such as en or pt-BR" maxLength={35} pattern="[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*" title="A language tag such as en or pt-BR" value={language} onValue={setLanguage} />
        <div className="edit-buttons"><button type="submit" className="small strong" disabled={!changed || !name.trim()}>Save</button></div>
      </form>
      <p className="told" role="status">{told}</p>
    </Panel>
  );
}

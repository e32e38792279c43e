import { useState } from 'react';
import { door, enter } from '../../api/identity';
import { PasswordField, Submit, submitting, TextField, Trouble } from './fields';
import { useOffers } from './offers';
import { Providers } from './Providers';
import { useTask } from './task';

export const PASSWORD_HINT = 'Ten characters or more; several words are easiest to remember.';

/** A new account, with an organisation of its own unless an invitation brings one. */
export function SignUp({ invitation = '', onIn, onHave }: { invitation?: string; onIn(): void; onHave?(): void }) {
  const [name, setName] = useState('');
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [organisation, setOrganisation] = useState('');
  const offers = useOffers();
  const task = useTask();
  const closed = !invitation && offers?.signUp === false;
  const signUp = (): void => {
    const wish = { email: email.trim(), password, displayName: name.trim(), organisationName: organisation.trim(), invitationToken: invitation };
    void task.run(async () => enter((await door.signUp(wish)).tokens)).then((done) => done && onIn());
  };
  if (closed) return <><h1>By invitation only</h1><p className="door-lead">Only invited people may sign up here. Ask somebody for an invitation.</p><a className="door-link" href="#sign-in">Sign in</a></>;
  return (
    <>
      <h1>{invitation ? 'You are invited' : 'Make an account'}</h1>
      {invitation && <p className="door-lead">Choose a name and a password, and you are in.</p>}
      <form onSubmit={submitting(signUp)}>
        <TextField label="Your name" autoComplete="name" required maxLength={100} autoFocus value={name} onValue={setName} />
        <TextField label="E-mail" type="email" autoComplete="username" required maxLength={254} value={email} onValue={setEmail} hint={invitation ? 'The address that the invitation was sent to.' : undefined} />
        <PasswordField label="Password" autoComplete="new-password" minLength={10} value={password} onValue={setPassword} hint={PASSWORD_HINT} />
        {!invitation && <TextField label="Organisation (if you like)" autoComplete="organization" maxLength={100} value={organisation} onValue={setOrganisation} />}
        <Trouble>{task.failure}</Trouble>
        <Submit busy={task.busy}>{invitation ? 'Join' : 'Make the account'}</Submit>
      </form>
      {!invitation && <Providers offers={offers} />}
      <p className="door-foot">Have an account? {onHave ? <button type="button" onClick={onHave}>Sign in</button> : <a href="#sign-in">Sign in</a>}</p>
    </>
  );
}

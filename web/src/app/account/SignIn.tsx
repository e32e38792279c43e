import { useState } from 'react';
import { door, enter } from '../../api/identity';
import { PasswordField, Submit, submitting, TextField, Trouble } from './fields';
import { useOffers } from './offers';
import { Providers } from './Providers';
import { useTask } from './task';

/** By a password, or by somebody else who knows who one is. `joining` says that an invitation waits. */
export function SignIn({ onIn, joining = false }: { onIn(): void; joining?: boolean }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const offers = useOffers();
  const task = useTask();
  const signIn = (): void => {
    void task.run(async () => enter((await door.signIn({ email: email.trim(), password })).tokens)).then((done) => done && onIn());
  };
  return (
    <>
      <h1>Sign in</h1>
      {joining && <p className="door-lead">Then you join with the account you have.</p>}
      {(offers?.passwords ?? true) && (
        <form onSubmit={submitting(signIn)}>
          <TextField label="E-mail" type="email" autoComplete="username" required maxLength={254} autoFocus value={email} onValue={setEmail} />
          <PasswordField label="Password" autoComplete="current-password" value={password} onValue={setPassword} />
          <Trouble>{task.failure}</Trouble>
          <Submit busy={task.busy}>Sign in</Submit>
          <a className="door-link" href="#forgotten">Forgot your password?</a>
        </form>
      )}
      <Providers offers={offers} />
      {!joining && offers?.signUp && <p className="door-foot">New here? <a href="#sign-up">Make an account</a></p>}
    </>
  );
}

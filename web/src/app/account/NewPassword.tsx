import { useState } from 'react';
import { door, leave } from '../../api/identity';
import { PasswordField, Submit, submitting, Trouble } from './fields';
import { PASSWORD_HINT } from './SignUp';
import { useTask } from './task';

/** By the link of a mail; all sign-ins of the person end, also the one of this browser. */
export function NewPassword({ token }: { token: string }) {
  const [password, setPassword] = useState('');
  const [done, setDone] = useState(false);
  const task = useTask();
  const set = (): void => {
    void task.run(async () => {
      await door.resetPassword({ token, password });
      await leave();
    }).then(setDone);
  };
  if (done) {
    return (
      <>
        <h1>The new password is set</h1>
        <p className="door-lead" role="status">You were signed out everywhere. Sign in with the new password.</p>
        <a className="wide" href="#sign-in">Sign in</a>
      </>
    );
  }
  return (
    <>
      <h1>Set a new password</h1>
      <form onSubmit={submitting(set)}>
        <PasswordField label="New password" autoComplete="new-password" minLength={10} autoFocus value={password} onValue={setPassword} hint={PASSWORD_HINT} />
        <Trouble>{task.failure}</Trouble>
        <Submit busy={task.busy}>Set the password</Submit>
      </form>
    </>
  );
}

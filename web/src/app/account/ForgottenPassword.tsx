import { useState } from 'react';
import { door } from '../../api/identity';
import { Submit, submitting, TextField, Trouble } from './fields';
import { useTask } from './task';

/** Has a link sent; says the same whether or not somebody has the address. */
export function ForgottenPassword() {
  const [email, setEmail] = useState('');
  const [asked, setAsked] = useState('');
  const task = useTask();
  const ask = (): void => {
    void task.run(() => door.requestPasswordReset({ email: email.trim() })).then((done) => done && setAsked(email.trim()));
  };
  if (asked) {
    return (
      <>
        <h1>Look into your mail</h1>
        <p className="door-lead" role="status">If somebody has an account with {asked}, a link to set a new password is on its way. Where this server sends no mail, whoever runs it has the link.</p>
        <a className="door-link" href="#sign-in">Back to signing in</a>
      </>
    );
  }
  return (
    <>
      <h1>Forgot your password?</h1>
      <p className="door-lead">Write your address, and a link to set a new one is sent to you.</p>
      <form onSubmit={submitting(ask)}>
        <TextField label="E-mail" type="email" autoComplete="username" required maxLength={254} autoFocus value={email} onValue={setEmail} />
        <Trouble>{task.failure}</Trouble>
        <Submit busy={task.busy}>Send the link</Submit>
        <a className="door-link" href="#sign-in">Back to signing in</a>
      </form>
    </>
  );
}

import { useState } from 'react';
import type { Account } from '../../identity/account';
import { PasswordField, submitting } from './fields';
import { Panel } from './Panel';
import { PASSWORD_HINT } from './SignUp';

/** A new password; all other sign-ins end with it. */
export function PasswordPanel({ account }: { account: Account }) {
  const [open, setOpen] = useState(false);
  const [old, setOld] = useState('');
  const [fresh, setFresh] = useState('');
  const [told, setTold] = useState('');
  const change = (): void => {
    void account.changePassword(old, fresh).then((done) => {
      if (!done) return;
      setOpen(false);
      setOld('');
      setFresh('');
      setTold('The password is changed; you were signed out everywhere else.');
    });
  };
  return (
    <Panel title="Password" tools={!open && <button type="button" className="small" onClick={() => (setOpen(true), setTold(''))}>Change it</button>}>
      {open && (
        <form className="two" onSubmit={submitting(change)}>
          <PasswordField label="Current password" autoComplete="current-password" autoFocus value={old} onValue={setOld} />
          <PasswordField label="New password" autoComplete="new-password" minLength={10} value={fresh} onValue={setFresh} hint={PASSWORD_HINT} />
          <div className="edit-buttons">
            <button type="submit" className="small strong">Change the password</button>
            <button type="button" className="small" onClick={() => setOpen(false)}>Cancel</button>
          </div>
        </form>
      )}
      <p className="told" role="status">{told}</p>
    </Panel>
  );
}

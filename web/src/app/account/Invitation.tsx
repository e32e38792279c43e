import { useState, useSyncExternalStore } from 'react';
import { enter, leave, organisations, who } from '../../api/identity';
import type { Presence } from '../../identity/who';
import { Trouble } from './fields';
import { SignIn } from './SignIn';
import { SignUp } from './SignUp';
import { useTask } from './task';

/** By the link of an invitation: a new account, or the one that one has. */
export function Invitation({ token, presence, onIn }: { token: string; presence: Presence; onIn(): void }) {
  const [have, setHave] = useState(false);
  if (presence === 'signed-in') return <Join token={token} onIn={onIn} />;
  if (have) return <SignIn joining onIn={() => undefined} />;
  return <SignUp invitation={token} onIn={onIn} onHave={() => setHave(true)} />;
}

function Join({ token, onIn }: { token: string; onIn(): void }) {
  const { person } = useSyncExternalStore(who.subscribe, who.snapshot);
  const task = useTask();
  const join = (): void => {
    void task.run(async () => enter((await organisations.acceptInvitation({ token })).tokens)).then((done) => done && onIn());
  };
  return (
    <>
      <h1>You are invited</h1>
      <p className="door-lead">You are signed in as {person?.displayName} ({person?.email}). Join with this account?</p>
      <Trouble>{task.failure}</Trouble>
      <button type="button" className="wide" disabled={task.busy} onClick={join}>Join</button>
      <p className="door-foot">Somebody else? <button type="button" onClick={() => void leave()}>Sign out first</button></p>
    </>
  );
}

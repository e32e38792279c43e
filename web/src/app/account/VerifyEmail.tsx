import { useEffect, useRef } from 'react';
import { door, who } from '../../api/identity';
import { useTask } from './task';

/** By the link of a mail: proves the address as soon as it is opened. */
export function VerifyEmail({ token, signedIn }: { token: string; signedIn: boolean }) {
  const { busy, failure, run } = useTask();
  const tried = useRef('');
  useEffect(() => {
    // The link is good once; it is not to be used up twice.
    if (tried.current === token) return;
    tried.current = token;
    void run(() => door.verifyEmail({ token })).then((done) => done && void who.ask());
  });
  const over = !busy && tried.current !== '';
  return (
    <>
      <h1>{failure ? 'This did not work' : over ? 'Your address is verified' : 'Verifying your address…'}</h1>
      <p className="door-lead" role="status">{failure || (over && 'Thank you. Links for a new password will find you now.')}</p>
      {(over || failure) && <a className="wide" href={signedIn ? '/#' : '#sign-in'}>{signedIn ? 'Go on' : 'Sign in'}</a>}
    </>
  );
}

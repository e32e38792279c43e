import { useEffect, useRef } from 'react';
import { finishOpenId } from '../../api/identity';
import { useTask } from './task';

/** Back from a provider: the code is good once. */
export function Returned({ state, code, onIn }: { state: string; code: string; onIn(): void }) {
  const { failure, run } = useTask();
  const tried = useRef(false);
  useEffect(() => {
    if (tried.current) return;
    tried.current = true;
    void run(() => finishOpenId(state, code)).then((done) => done && onIn());
  });
  return (
    <>
      <h1>{failure ? 'Signing in did not work' : 'Signing you in…'}</h1>
      <p className="door-lead" role="status">{failure}</p>
      {failure && <a className="wide" href="/#sign-in">Try again</a>}
    </>
  );
}

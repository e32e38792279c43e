import { useState } from 'react';
import type { SignedIn } from '../../gen/parley/identity/v1/identity_pb.js';
import { leave } from '../../api/identity';
import { programWords, timeWords } from '../../identity/words';
import { Confirm } from '../Side';
import { Failed, Panel } from './Panel';
import { useTask } from './task';

/** Every browser and program that may still act for the person. */
export function SignInsPanel({ signIns }: { signIns?: readonly SignedIn[] }) {
  const [sure, setSure] = useState(false);
  const task = useTask();
  const everywhere = (): void => {
    setSure(false);
    void task.run(() => leave(true));
  };
  return (
    <Panel title="Where you are signed in" tools={<button type="button" className="small danger quiet" aria-expanded={sure} onClick={() => setSure(!sure)}>Sign out everywhere</button>}>
      {sure && <Confirm question="Every browser and program is signed out, this one too." yes="Sign out everywhere" no="Stay" onYes={everywhere} onNo={() => setSure(false)} />}
      <Failed>{task.failure}</Failed>
      <ul className="lines">
        {signIns?.map((s) => (
          <li key={s.id}>
            <span className="line-words"><strong>{programWords(s.userAgent)}</strong><small>since {timeWords(s.createTime)}, last used {timeWords(s.useTime)}</small></span>
            {s.current && <span className="badge good">this one</span>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

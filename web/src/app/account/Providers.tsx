import { startOpenId } from '../../api/identity';
import type { Offers } from '../../identity/who';
import { Trouble } from './fields';
import { useTask } from './task';

/** A button for each that one may sign in with (OpenID Connect). */
export function Providers({ offers }: { offers: Offers | undefined }) {
  const task = useTask();
  if (!offers || offers.providers.length === 0) return null;
  return (
    <div className="providers">
      {offers.passwords && <p className="or"><span>or</span></p>}
      {offers.providers.map((p) => (
        <button key={p.id} type="button" className="wide other" disabled={task.busy} onClick={() => void task.run(() => startOpenId(p.id))}>Continue with {p.displayName || p.id}</button>
      ))}
      <Trouble>{task.failure}</Trouble>
    </div>
  );
}

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Character } from '../../gen/parley/character/v1/character_pb.js';
import { ApiKeyKind, type ApiKey, type ServiceAccount } from '../../gen/parley/identity/v1/identity_pb.js';
import { keys as service } from '../../api/identity';
import { Keys } from '../../identity/keys';
import type { WhoState } from '../../identity/who';
import { permissionWords, timeWords } from '../../identity/words';
import { Confirm } from '../Side';
import { CopyField } from './fields';
import { NewKey } from './NewKey';
import { Failed, Panel } from './Panel';
import { ServiceAccounts } from './ServiceAccounts';

/** Keys for programs and pages, and accounts for programs. */
export function KeysSection({ state, characters }: { state: WhoState; characters: readonly Character[] }) {
  const keys = useMemo(() => new Keys(service), []);
  const { keys: all, accounts, made, loaded, failure } = useSyncExternalStore(keys.subscribe, keys.snapshot);
  const [making, setMaking] = useState(false);
  useEffect(() => void keys.load(), [keys]);
  return (
    <>
      <Failed onAgain={() => void keys.load()}>{failure}</Failed>
      <Panel title="API keys" lead="A key lets a program or a page act for its holder, within what you let it." tools={!making && !made && <button type="button" className="small strong" onClick={() => setMaking(true)}>New key</button>}>
        <div role="status">{made && <Made made={made} onAway={() => keys.putAway()} />}</div>
        {making && <NewKey keys={keys} state={state} accounts={accounts} characters={characters} onDone={() => setMaking(false)} />}
        {loaded && all.length === 0 && !making && <p className="none">No keys yet.</p>}
        <ul className="lines" aria-label="Keys">
          {all.map((k) => <KeyLine key={k.id} of={k} holder={accounts.find((a) => a.id === k.serviceAccountId)} keys={keys} />)}
        </ul>
      </Panel>
      <ServiceAccounts accounts={accounts} mine={state.role} keys={keys} />
    </>
  );
}

/** The only time that the secret is shown. */
function Made({ made: { key, secret }, onAway }: { made: { key: ApiKey; secret: string }; onAway(): void }) {
  return (
    <div className="handed strong">
      <p><strong>“{key.displayName}” is made.</strong> {key.kind === ApiKeyKind.WIDGET ? 'Put it into your page; it is good only from the origins it names.' : 'Copy the secret now: it is shown this once and stored nowhere.'}</p>
      <CopyField label="Secret of the key" value={secret} />
      <div className="edit-buttons"><button type="button" className="small" onClick={onAway}>I have it</button></div>
    </div>
  );
}

function KeyLine({ of: key, holder, keys }: { of: ApiKey; holder?: ServiceAccount; keys: Keys }) {
  const [sure, setSure] = useState(false);
  const may = key.permissions.map(permissionWords).join(', ');
  return (
    <li>
      <span className="line-words">
        <strong>{key.displayName} <code>{key.prefix}…</code>{key.kind === ApiKeyKind.WIDGET && <span className="badge">widget</span>}</strong>
        <small>
          {holder && `${holder.displayName} · `}{key.useTime ? `last used ${timeWords(key.useTime)}` : 'never used'} · {key.expireTime ? `ends ${timeWords(key.expireTime)}` : 'does not end'}
        </small>
        {key.origins.length > 0 && <small>from {key.origins.join(', ')}</small>}
        {may && <small>may {may}</small>}
      </span>
      <button type="button" className="small danger quiet" aria-label={`Revoke ${key.displayName}`} aria-expanded={sure} onClick={() => setSure(!sure)}>Revoke</button>
      {sure && <Confirm question={`Revoke “${key.displayName}”? Within seconds it opens nothing.`} yes="Revoke" onYes={() => void keys.revoke(key.id)} onNo={() => setSure(false)} />}
    </li>
  );
}

import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { AuditEntry } from '../../gen/parley/identity/v1/identity_pb.js';
import type { VerifyAuditResponse } from '../../gen/parley/identity/v1/organisation_service_pb.js';
import { organisations } from '../../api/identity';
import { actionWords, Audit } from '../../identity/audit';
import { timeWords } from '../../identity/words';
import { Icon } from '../icons';
import { CopyField } from './fields';
import { Failed, Panel } from './Panel';

/** What was done in the organisation, and whether the log is whole. */
export function AuditSection() {
  const audit = useMemo(() => new Audit(organisations), []);
  const { entries, action, more, loaded, verified, failure } = useSyncExternalStore(audit.subscribe, audit.snapshot);
  const [busy, setBusy] = useState(false);
  useEffect(() => void audit.show(''), [audit]);
  const verify = (): void => {
    setBusy(true);
    void audit.verify().finally(() => setBusy(false));
  };
  return (
    <>
      <Failed onAgain={() => void audit.show(action)}>{failure}</Failed>
      <Panel title="Is the log whole?" lead="Each entry holds the hash of the one before: whoever changes or removes one breaks the chain." tools={<button type="button" className="small strong" disabled={busy} aria-busy={busy} onClick={verify}><Icon name="seal" /> {busy ? 'Verifying…' : 'Verify'}</button>}>
        <div role="status">{verified && <Verdict of={verified} />}</div>
      </Panel>
      <Panel title="What was done" tools={action && <button type="button" className="small" onClick={() => void audit.show('')}>{actionWords(action)} <Icon name="close" /></button>}>
        {loaded && entries.length === 0 && <p className="none">Nothing yet.</p>}
        <ul className="lines entries" aria-label="Entries">
          {entries.map((e) => <EntryLine key={String(e.number)} entry={e} onAction={() => void audit.show(e.action)} />)}
        </ul>
        {more && <button type="button" className="small more" onClick={() => void audit.readMore()}>More</button>}
      </Panel>
    </>
  );
}

function Verdict({ of: { intact, entries, firstBroken, head } }: { of: VerifyAuditResponse }) {
  if (!intact) return <p className="remark" data-bad="true"><span><b>The chain is broken at entry {String(firstBroken)}.</b> That entry, or one before it, was changed or removed outside Parley.</span></p>;
  return (
    <>
      <p className="verdict"><Icon name="check" /> All {entries.toLocaleString('en')} entries fit one another.</p>
      {head && <CopyField label="Hash of the newest; keep it elsewhere, and nobody can shorten the log unseen" value={head} />}
    </>
  );
}

function EntryLine({ entry, onAction }: { entry: AuditEntry; onAction(): void }) {
  const { number, time, actor, actorName, action, target, outcome } = entry;
  return (
    <li>
      <small className="number">{String(number)}</small>
      <span className="line-words">
        <strong><button type="button" title="Show only these" onClick={onAction}>{actionWords(action)}</button>{outcome !== 'done' && <span className="badge bad">{outcome.toLowerCase().replaceAll('_', ' ')}</span>}</strong>
        <small>{actorName || <code title="The name behind this pseudonym is destroyed, or not for you to know">{actor.slice(0, 12) || 'nobody'}</code>}{target && <> · <code>{target}</code></>}</small>
      </span>
      <small className="when">{timeWords(time)}</small>
    </li>
  );
}

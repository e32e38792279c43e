import { useState } from 'react';
import type { Character } from '../../gen/parley/character/v1/character_pb.js';
import { ApiKeyKind, type ServiceAccount } from '../../gen/parley/identity/v1/identity_pb.js';
import type { Permission } from '../../gen/parley/type/v1/access_pb.js';
import { originsOf, type Keys } from '../../identity/keys';
import type { WhoState } from '../../identity/who';
import { PERMISSIONS } from '../../identity/words';
import { submitting, TextField, Trouble } from './fields';

const ENDS: readonly (readonly [string, number])[] = [['in 30 days', 30], ['in 90 days', 90], ['in a year', 365], ['never', 0]];

/** What a new key is called, for what it is good, and until when. */
export function NewKey({ keys, state, accounts, characters, onDone }: { keys: Keys; state: WhoState; accounts: readonly ServiceAccount[]; characters: readonly Character[]; onDone(): void }) {
  const [displayName, setName] = useState('');
  const [kind, setKind] = useState(ApiKeyKind.SECRET);
  const [days, setDays] = useState(90);
  const [permissions, setPermissions] = useState<readonly Permission[]>([]);
  const [written, setWritten] = useState('');
  const [characterIds, setCharacterIds] = useState<readonly string[]>([]);
  const [serviceAccountId, setAccount] = useState('');
  const [wrong, setWrong] = useState('');
  const widget = kind === ApiKeyKind.WIDGET;
  const make = (): void => {
    const { origins, wrong: none } = originsOf(written);
    if (widget && (none || origins.length === 0)) return setWrong(none ? `“${none}” is no origin; one looks like https://shop.example` : 'A widget needs the origins of the pages it stands on.');
    setWrong('');
    void keys.create({ displayName: displayName.trim(), kind, permissions, origins, characterIds, days, serviceAccountId }).then((done) => done && onDone());
  };
  return (
    <form className="new-key" onSubmit={submitting(make)}>
      <div className="two">
        <TextField label="What it is for" placeholder="such as: nightly report" required maxLength={100} autoFocus value={displayName} onValue={setName} />
        <label className="field"><span>Ends</span><select value={days} onChange={(e) => setDays(Number(e.target.value))}>{ENDS.map(([words, d]) => <option key={d} value={d}>{words}</option>)}</select></label>
      </div>
      <div className="chips" role="group" aria-label="Kind of key">
        <button type="button" className="chip" aria-pressed={!widget} onClick={() => setKind(ApiKeyKind.SECRET)}>For a program, kept secret</button>
        <button type="button" className="chip" aria-pressed={widget} onClick={() => setKind(ApiKeyKind.WIDGET)}>For a page, public</button>
      </div>
      {widget && (
        <>
          <label className="field"><span>Origins it is good from, one a line</span><textarea rows={2} value={written} placeholder="https://shop.example" spellCheck={false} onChange={(e) => setWritten(e.target.value)} /></label>
          <Picks legend="Whom it may talk to; none chosen is everybody" all={characters.map((c) => ({ id: c.id, name: c.displayName }))} chosen={characterIds} onChosen={setCharacterIds} />
        </>
      )}
      {!widget && accounts.length > 0 && (
        <label className="field"><span>Whose it is</span><select value={serviceAccountId} onChange={(e) => setAccount(e.target.value)}><option value="">Yours</option>{accounts.map((a) => <option key={a.id} value={a.id}>{a.displayName}</option>)}</select></label>
      )}
      <Allowed mine={state.permissions} chosen={permissions} onChosen={setPermissions} />
      <Trouble>{wrong}</Trouble>
      <div className="edit-buttons">
        <button type="submit" className="small strong" disabled={!displayName.trim()}>Make the key</button>
        <button type="button" className="small" onClick={onDone}>Cancel</button>
      </div>
    </form>
  );
}

/** What the key may do, at most what the person may. */
function Allowed({ mine, chosen, onChosen }: { mine: readonly Permission[]; chosen: readonly Permission[]; onChosen(p: readonly Permission[]): void }) {
  const groups = PERMISSIONS.map(({ group, all }) => ({ group, all: all.filter((p) => mine.includes(p.permission)) })).filter((g) => g.all.length > 0);
  return (
    <fieldset className="allowed">
      <legend>What it may do; none chosen is all that its holder may</legend>
      {groups.map(({ group, all }) => (
        <div key={group} role="group" aria-label={group}>
          <span>{group}</span>
          {all.map(({ permission, name }) => <Tick key={permission} name={name} on={chosen.includes(permission)} onTick={() => onChosen(toggled(chosen, permission))} />)}
        </div>
      ))}
    </fieldset>
  );
}

function Picks({ legend, all, chosen, onChosen }: { legend: string; all: readonly { id: string; name: string }[]; chosen: readonly string[]; onChosen(ids: readonly string[]): void }) {
  return (
    <fieldset className="allowed">
      <legend>{legend}</legend>
      <div>{all.map(({ id, name }) => <Tick key={id} name={name} on={chosen.includes(id)} onTick={() => onChosen(toggled(chosen, id))} />)}</div>
    </fieldset>
  );
}

function Tick({ name, on, onTick }: { name: string; on: boolean; onTick(): void }) {
  return <label className="tick"><input type="checkbox" checked={on} onChange={onTick} />{name}</label>;
}

function toggled<T>(all: readonly T[], one: T): readonly T[] {
  return all.includes(one) ? all.filter((a) => a !== one) : [...all, one];
}

import { useSyncExternalStore, type ReactNode } from 'react';
import type { Character } from '../../gen/parley/character/v1/character_pb.js';
import { Permission } from '../../gen/parley/type/v1/access_pb.js';
import { who } from '../../api/identity';
import type { Tab } from '../../identity/links';
import type { WhoState } from '../../identity/who';
import { roleName } from '../../identity/words';
import { Icon, type IconName } from '../icons';
import { AuditSection } from './AuditSection';
import { KeysSection } from './KeysSection';
import { OrganisationSection } from './OrganisationSection';
import { YouSection } from './YouSection';
import './account.css';
import './entry.css';

const PARTS: readonly { readonly tab: Tab; readonly words: string; readonly icon: IconName; readonly needs?: Permission }[] = [
  { tab: 'you', words: 'You', icon: 'person' },
  { tab: 'organisation', words: 'Organisation', icon: 'people', needs: Permission.ORGANISATION_READ },
  { tab: 'keys', words: 'Keys', icon: 'key', needs: Permission.KEYS_WRITE },
  { tab: 'audit', words: 'Audit log', icon: 'seal', needs: Permission.AUDIT_READ },
];

/** Who one is here, with whom, by which keys, and what was done. */
export default function AccountPage({ tab, characters }: { tab: Tab; characters: readonly Character[] }) {
  const state = useSyncExternalStore(who.subscribe, who.snapshot);
  const parts = PARTS.filter((p) => p.needs === undefined || who.may(p.needs));
  const open = parts.find((p) => p.tab === tab) ?? parts[0]!;
  return (
    <div className="account">
      <header className="welcome-bar">
        <a className="brand" href="/#"><img src="/favicon.svg" alt="" width="30" height="30" />Parley</a>
        <a className="pill" href="/#"><Icon name="back" /> Back to talking</a>
      </header>
      <main>
        <h1>{open.words === 'You' ? 'Your account' : open.words}</h1>
        <p className="account-where">{whereWords(state)}</p>
        <nav className="account-nav" aria-label="Account">
          {parts.map((p) => <a key={p.tab} href={`#account/${p.tab}`} aria-current={p === open ? 'page' : undefined}><Icon name={p.icon} /><span>{p.words}</span></a>)}
        </nav>
        <div className="account-parts">{state.presence !== 'unknown' && section(open.tab, state, characters)}</div>
      </main>
    </div>
  );
}

function section(tab: Tab, state: WhoState, characters: readonly Character[]): ReactNode {
  switch (tab) {
    case 'organisation': return <OrganisationSection state={state} />;
    case 'keys': return <KeysSection state={state} characters={characters} />;
    case 'audit': return <AuditSection />;
    default: return <YouSection state={state} />;
  }
}

function whereWords({ presence, organisation, role }: WhoState): string {
  if (presence === 'local') return 'This machine, without an account';
  return organisation ? `${organisation.displayName} · ${roleName(role)}` : '';
}

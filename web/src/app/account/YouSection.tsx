import { useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import { enter, identity, leave, who } from '../../api/identity';
import { Account } from '../../identity/account';
import type { WhoState } from '../../identity/who';
import { Icon } from '../icons';
import { Failed, Panel } from './Panel';
import { PasswordPanel } from './PasswordPanel';
import { ProfilePanel } from './ProfilePanel';
import { SignInsPanel } from './SignInsPanel';
import { useOffers } from './offers';
import { YourData } from './YourData';

/** The person: profile, password, where signed in, and what is kept of them. */
export function YouSection({ state }: { state: WhoState }) {
  return state.presence === 'local' ? <WithoutAccount /> : <WithAccount state={state} />;
}

function WithAccount({ state }: { state: WhoState }) {
  const account = useMemo(() => new Account(identity, who, enter), []);
  const { signIns, failure } = useSyncExternalStore(account.subscribe, account.snapshot);
  const [leaving, setLeaving] = useState(false);
  const offers = useOffers();
  useEffect(() => void account.load(), [account]);
  const signOut = (): void => {
    setLeaving(true);
    void leave().finally(() => location.assign('/#'));
  };
  return (
    <>
      <Failed>{failure}</Failed>
      <ProfilePanel key={state.person?.id} state={state} account={account} />
      {(offers?.passwords ?? true) && <PasswordPanel account={account} />}
      <SignInsPanel signIns={signIns} />
      <YourData />
      <div className="account-end"><button type="button" className="small" disabled={leaving} onClick={signOut}><Icon name="out" /> Sign out</button></div>
    </>
  );
}

function WithoutAccount() {
  const offers = useOffers();
  return (
    <>
      <Panel title="No account needed" lead="You use Parley on its own machine, as the owner of everything here. An account is for sharing it with others: each person then has talks and memories of their own.">
        <div className="edit-buttons">
          <a className="small strong" href="#sign-in">Sign in</a>
          {offers?.signUp && <a className="small" href="#sign-up">Make an account</a>}
        </div>
      </Panel>
      <YourData />
    </>
  );
}

import { useSyncExternalStore } from 'react';
import { who } from '../api/identity';
import { Icon } from './icons';

/** The way to one's account; on a machine without accounts to signing in, and nothing where there are none. */
export function AccountButton() {
  const { presence, person } = useSyncExternalStore(who.subscribe, who.snapshot);
  if (presence === 'local') return <a className="pill account-button" href="#account"><Icon name="person" /><span>Account</span></a>;
  if (presence !== 'signed-in') return null;
  const name = person?.displayName || person?.email || 'you';
  return <a className="account-button letter" href="#account" aria-label={`Your account, ${name}`} title={name}>{Array.from(name)[0]?.toUpperCase()}</a>;
}

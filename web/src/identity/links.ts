/** Parts of the account's page. */
export const TABS = ['you', 'organisation', 'keys', 'audit'] as const;
export type Tab = (typeof TABS)[number];

/** What of the page is asked for by its address. */
export type Route =
  | { readonly at: 'talk' }
  | { readonly at: 'sign-in' | 'sign-up' | 'forgotten' }
  | { readonly at: 'reset' | 'verify' | 'invitation'; readonly token: string }
  | { readonly at: 'returned'; readonly state: string; readonly code: string }
  | { readonly at: 'account'; readonly tab: Tab };

/** Where a provider sends the browser back to. */
export const RETURN_PATH = '/signed-in';

/**
 * Tokens of links stand after `#`, which browsers do not send: no server and no log sees them.
 */
export function routeOf({ pathname, search, hash }: Pick<Location, 'pathname' | 'search' | 'hash'>): Route {
  if (pathname === RETURN_PATH) {
    const query = new URLSearchParams(search);
    return { at: 'returned', state: query.get('state') ?? '', code: query.get('code') ?? '' };
  }
  const [path = '', token = ''] = parted(hash.replace(/^#\/?/, ''));
  if (path === 'sign-in' || path === 'sign-up' || path === 'forgotten') return { at: path };
  if ((path === 'reset' || path === 'verify' || path === 'invitation') && token) return { at: path, token };
  const [page, tab] = path.split('/');
  return page === 'account' ? { at: 'account', tab: TABS.find((t) => t === tab) ?? 'you' } : { at: 'talk' };
}

/** What stands before and after the first `=`. */
function parted(text: string): readonly string[] {
  const at = text.indexOf('=');
  return at < 0 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}

/** Whether it is about becoming somebody, and not for who is in already. */
export function isDoor(route: Route): boolean {
  return route.at !== 'talk' && route.at !== 'account';
}

import { useEffect, useState } from 'react';
import { routeOf, type Route } from '../identity/links';

/** What the address asks for; `home` goes to the first page, and leaves nothing of the address behind. */
export function useRoute(): [Route, () => void] {
  const [route, setRoute] = useState(() => routeOf(location));
  useEffect(() => {
    const changed = (): void => setRoute(routeOf(location));
    addEventListener('hashchange', changed);
    addEventListener('popstate', changed);
    return () => {
      removeEventListener('hashchange', changed);
      removeEventListener('popstate', changed);
    };
  }, []);
  const home = (): void => {
    history.replaceState(null, '', '/');
    setRoute({ at: 'talk' });
  };
  return [route, home];
}

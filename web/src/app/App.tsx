import { lazy, Suspense, useEffect, useState, useSyncExternalStore } from 'react';
import { who } from '../api/identity';
import { onHolder, passport } from '../api/transport';
import { isDoor } from '../identity/links';
import { forgetPerson } from '../state/per-person';
import { Faults } from './Faults';
import { Inside } from './Inside';
import { useRoute } from './route';

const Entry = lazy(() => import('./account/Entry'));

/** The door for whoever has to or wants to become somebody; inside for everybody else. */
export function App() {
  const [route, home] = useRoute();
  const { presence } = useSyncExternalStore(who.subscribe, who.snapshot);
  const holder = useHolder();
  const outside = isDoor(route) || presence === 'signed-out';
  return (
    <Faults about={route.at + holder}>
      {outside
        ? <Suspense><Entry route={route} presence={presence} onIn={home} /></Suspense>
        : <Inside key={holder} route={route} />}
    </Faults>
  );
}

/** Who is signed in; what was kept for somebody else is forgotten. */
function useHolder(): string {
  const [holder, setHolder] = useState(passport.holder);
  useEffect(() => {
    void who.ask();
    return onHolder((next) => {
      forgetPerson();
      setHolder(next);
      void who.ask();
    });
  }, []);
  return holder;
}

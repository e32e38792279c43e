import { useEffect, useState } from 'react';
import { who } from '../../api/identity';
import type { Offers } from '../../identity/who';

/** What the server offers to whoever wants in; nothing until it is known. */
export function useOffers(): Offers | undefined {
  const [offers, setOffers] = useState<Offers>();
  useEffect(() => {
    let gone = false;
    who.offers().then((o) => !gone && setOffers(o), () => undefined);
    return () => {
      gone = true;
    };
  }, []);
  return offers;
}

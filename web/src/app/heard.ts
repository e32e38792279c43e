import { useEffect, useState } from 'react';
import type { Heard } from '../audio/media-clock';
import type { Conversation } from '../talk/conversation';
import type { Exchange } from '../talk/transcript';

/**
 * What `of` makes of the moment that is heard, looked at with every picture of the screen. Of another
 * exchange nothing is taken over. Values are compared by `same`, so that only changes draw.
 */
export function useHeard<T>(conversation: Conversation, exchange: Exchange | undefined, of: (e: Exchange, heard: Heard | undefined) => T, nothing: T, same: (a: T, b: T) => boolean = Object.is): T {
  const [seen, setSeen] = useState({ of: '', value: nothing });
  useEffect(() => {
    if (!exchange) return;
    let frame = requestAnimationFrame(function look() {
      frame = requestAnimationFrame(look);
      const value = of(exchange, conversation.heard());
      setSeen((before) => (before.of === exchange.id && same(before.value, value) ? before : { of: exchange.id, value }));
    });
    return () => cancelAnimationFrame(frame);
  }, [conversation, exchange, of, same]);
  return seen.of === exchange?.id ? seen.value : nothing;
}

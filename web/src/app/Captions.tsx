import { useEffect, useState } from 'react';
import type { Conversation } from '../talk/conversation';
import type { Talk } from '../talk/talk';
import { captionOf } from '../talk/captions';
import { isRunning, litUntil, type Exchange } from '../talk/transcript';
import { Icon } from './icons';
import { firstSound } from './ReceiptView';

const OPENERS = ['Who are you?', 'What can you do?', 'What do you like?'];

/** What is said, lit word by word; the person's own words while they speak. */
export function Captions({ conversation, talk, onReceipt }: { conversation: Conversation; talk: Talk; onReceipt(of: string): void }) {
  const last = talk.exchanges.at(-1);
  const lit = useLit(conversation, last);
  const own = talk.hearing || talk.waiting;
  const quiet = !own && talk.mood !== 'speaking' && talk.mood !== 'thinking';
  const fresh = !talk.exchanges.some((e) => e.input) && talk.link === 'live';
  return (
    <div className="captions">
      {own && <p className="own" data-partial={talk.hearing !== ''}>{own}</p>}
      {!own && last?.input && <p className="asked" data-uncertain={last.uncertain}>{last.uncertain && <em>Not sure I heard: </em>}{last.input}</p>}
      {!own && last && <Reply exchange={last} lit={lit} />}
      {quiet && fresh && (
        <ul className="openers" aria-label="Things to ask">
          {OPENERS.map((o) => <li key={o}><button type="button" className="pill" onClick={() => conversation.say(o)}>{o}</button></li>)}
        </ul>
      )}
      {quiet && !fresh && last?.receipt && (
        <button type="button" className="receipt-chip" onClick={() => onReceipt(last.id)}><Icon name="time" /> Receipt{firstSound(last.receipt)}</button>
      )}
    </div>
  );
}

function Reply({ exchange, lit }: { exchange: Exchange; lit: number }) {
  const words = captionOf(exchange, lit);
  if (words.length === 0) return null;
  return (
    <p className="reply" aria-hidden="true">
      {words.map((w) => (w.as === 'cut' ? <s key={w.at}>{w.text}</s> : <span key={w.at} className={w.as}>{w.text}</span>))}
    </p>
  );
}

/** How much of the exchange has been spoken, in characters; of another exchange nothing, from its first picture on. */
function useLit(conversation: Conversation, exchange: Exchange | undefined): number {
  const [spoken, setSpoken] = useState({ of: '', lit: 0 });
  useEffect(() => {
    if (!exchange) return;
    let frame = requestAnimationFrame(function look() {
      frame = requestAnimationFrame(look);
      const lit = litNow(conversation, exchange);
      setSpoken((before) => (before.of === exchange.id && before.lit === lit ? before : { of: exchange.id, lit }));
    });
    return () => cancelAnimationFrame(frame);
  }, [conversation, exchange]);
  return spoken.of === exchange?.id ? spoken.lit : 0;
}

function litNow(conversation: Conversation, exchange: Exchange): number {
  const heard = conversation.heard();
  if (heard?.turn === exchange.id) return litUntil(exchange, heard.us);
  return isRunning(exchange) ? 0 : exchange.reply.length;
}

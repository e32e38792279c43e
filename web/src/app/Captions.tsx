import type { Heard } from '../audio/media-clock';
import type { Conversation } from '../talk/conversation';
import type { Talk } from '../talk/talk';
import { captionOf } from '../talk/captions';
import { isRunning, litUntil, type Exchange } from '../talk/transcript';
import { useHeard } from './heard';
import { Icon } from './icons';
import { firstSound } from './ReceiptView';
import { Sources } from './Sources';

const OPENERS = ['Who are you?', 'What can you do?', 'What do you like?'];

/** What is said, lit word by word; the person's own words while they speak. */
export function Captions({ conversation, talk, onReceipt, onMemories }: { conversation: Conversation; talk: Talk; onReceipt(of: string): void; onMemories(): void }) {
  const last = talk.exchanges.at(-1);
  const lit = useHeard(conversation, last, litNow, 0);
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
      {quiet && last && last.sources.length > 0 && <Sources sources={last.sources} onMemories={onMemories} />}
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

/** How much of the exchange has been spoken, in characters. */
function litNow(exchange: Exchange, heard: Heard | undefined): number {
  if (heard?.turn === exchange.id) return litUntil(exchange, heard.us);
  return isRunning(exchange) ? 0 : exchange.reply.length;
}

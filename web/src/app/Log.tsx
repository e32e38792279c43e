import { TurnState } from '../gen/parley/conversation/v1/turn_pb.js';
import { cutAt, isRunning, type Exchange } from '../talk/transcript';
import { Icon } from './icons';
import { firstSound, ReceiptView } from './ReceiptView';
import { Sources } from './Sources';

/** All that was said, each answer with its receipt; `open` names the turn whose receipt is shown. */
export function Log({ exchanges, name, open, onMemories }: { exchanges: readonly Exchange[]; name: string; open: string; onMemories?(): void }) {
  if (exchanges.length === 0) return <p className="empty">Nothing was said yet.</p>;
  return (
    <ol className="log">
      {exchanges.map((e) => (
        <li key={e.id}>
          {e.input && <p className="said mine"><span className="who">You</span>{e.input}{e.uncertain && <em> (not sure)</em>}</p>}
          <Answer exchange={e} name={name} open={e.id === open} onMemories={onMemories} />
        </li>
      ))}
    </ol>
  );
}

function Answer({ exchange, name, open, onMemories }: { exchange: Exchange; name: string; open: boolean; onMemories?(): void }) {
  const cut = cutAt(exchange);
  return (
    <div className="said theirs">
      <span className="who">{name}</span>
      <p>
        {exchange.reply.slice(0, cut)}
        {cut < exchange.reply.length && <s>{exchange.reply.slice(cut)}</s>}
        {!exchange.reply && (isRunning(exchange) ? '…' : exchange.state === TurnState.FAILED ? 'No answer: the turn failed.' : '')}
      </p>
      {exchange.sources.length > 0 && (
        <Sources sources={exchange.sources} onMemories={onMemories} />
      )}
      {exchange.receipt && (
        <details open={open}>
          <summary><Icon name="time" /> Receipt{firstSound(exchange.receipt)}</summary>
          <ReceiptView receipt={exchange.receipt} />
        </details>
      )}
    </div>
  );
}

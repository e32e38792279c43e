import { TurnState } from '../gen/parley/conversation/v1/turn_pb.js';
import { cutAt, isRunning, type Exchange } from '../talk/transcript';
import { Icon } from './icons';
import { ReceiptView } from './ReceiptView';

/** All that was said, each answer with its receipt. */
export function Log({ exchanges, name }: { exchanges: readonly Exchange[]; name: string }) {
  if (exchanges.length === 0) return <p className="empty">Nothing was said yet.</p>;
  return (
    <ol className="log">
      {exchanges.map((e) => (
        <li key={e.id}>
          {e.input && <p className="said mine"><span className="who">You</span>{e.input}</p>}
          <Answer exchange={e} name={name} />
        </li>
      ))}
    </ol>
  );
}

function Answer({ exchange, name }: { exchange: Exchange; name: string }) {
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
        <ol className="sources">
          {exchange.sources.map((s) => <li key={s.number} value={s.number}>{s.title}{s.page > 0 && `, page ${s.page}`}</li>)}
        </ol>
      )}
      {exchange.receipt && (
        <details>
          <summary><Icon name="clock" /> Receipt</summary>
          <ReceiptView receipt={exchange.receipt} />
        </details>
      )}
    </div>
  );
}

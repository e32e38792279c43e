import { TurnState } from '../gen/parley/conversation/v1/turn_pb.js';
import { cutAt, isRunning, type Exchange } from '../talk/transcript';
import { Icon } from './icons';
import { firstSound, ReceiptView } from './ReceiptView';

/** All that was said, each answer with its receipt; `open` names the turn whose receipt is shown. */
export function Log({ exchanges, name, open }: { exchanges: readonly Exchange[]; name: string; open: string }) {
  if (exchanges.length === 0) return <p className="empty">Nothing was said yet.</p>;
  return (
    <ol className="log">
      {exchanges.map((e) => (
        <li key={e.id}>
          {e.input && <p className="said mine"><span className="who">You</span>{e.input}{e.uncertain && <em> (not sure)</em>}</p>}
          <Answer exchange={e} name={name} open={e.id === open} />
        </li>
      ))}
    </ol>
  );
}

function Answer({ exchange, name, open }: { exchange: Exchange; name: string; open: boolean }) {
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
        <details open={open}>
          <summary><Icon name="time" /> Receipt{firstSound(exchange.receipt)}</summary>
          <ReceiptView receipt={exchange.receipt} />
        </details>
      )}
    </div>
  );
}

import { TurnState, type Receipt, type Turn } from '../gen/parley/conversation/v1/turn_pb.js';
import type { ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import { sourceOf, type Source } from './sources';

/** A word of a reply: where in the text, and when it is spoken. */
export interface SpokenWord {
  readonly from: number;
  readonly to: number;
  readonly startUs: number;
  readonly endUs: number;
}

/** One exchange as the page shows it. */
export interface Exchange {
  readonly id: string;
  readonly input: string;
  /** The recogniser was not sure of the input. */
  readonly uncertain: boolean;
  readonly reply: string;
  readonly words: readonly SpokenWord[];
  readonly cut: string;
  /** What was heard of it, once it was cut. */
  readonly heard?: string;
  readonly state: TurnState;
  readonly sources: readonly Source[];
  readonly receipt?: Receipt;
}

const EMPTY: Exchange = {
  id: '', input: '', uncertain: false, reply: '', words: [], cut: '', state: TurnState.RUNNING, sources: [],
};

export function isRunning(exchange: Exchange): boolean {
  return exchange.state === TurnState.RUNNING || exchange.state === TurnState.QUEUED;
}

/**
 * The exchanges after an event; the same array when the event changes none. `uncertain` says whether
 * what was heard before was, and is kept with the turn that answers it.
 */
export function follow(exchanges: readonly Exchange[], event: ServerEvent, uncertain = false): readonly Exchange[] {
  const id = event.turnId;
  if (!id) return exchanges;
  const change = changeBy(event, uncertain);
  if (!change) return exchanges;
  const known = exchanges.some((e) => e.id === id);
  const all = known ? exchanges : [...exchanges, { ...EMPTY, id }];
  return all.map((e) => (e.id === id ? change(e) : e));
}

function changeBy(event: ServerEvent, uncertain: boolean): ((e: Exchange) => Exchange) | undefined {
  const it = event.event;
  switch (it.case) {
    case 'turnStarted':
      return (e) => ({ ...e, input: it.value.inputText, uncertain });
    case 'textDelta':
      return (e) => ({ ...e, reply: e.reply + it.value.text });
    case 'wordSpoken':
      return (e) => ({ ...e, words: [...e.words, wordOf(event)] });
    case 'citation':
      return (e) => ({ ...e, sources: [...e.sources, sourceOf(it.value)] });
    case 'interrupted':
      return (e) => ({ ...e, heard: it.value.heardText, cut: it.value.cutText, state: TurnState.INTERRUPTED });
    case 'turnCompleted':
      return (e) => ({ ...e, state: it.value.state, receipt: it.value.receipt, reply: e.reply || it.value.replyText });
    default:
      return undefined;
  }
}

function wordOf(event: ServerEvent): SpokenWord {
  const word = event.event.value as { textStart: number; textEnd: number; span?: { startUs: bigint; endUs: bigint } };
  return {
    from: word.textStart,
    to: word.textEnd,
    startUs: Number(word.span?.startUs ?? 0n),
    endUs: Number(word.span?.endUs ?? 0n),
  };
}

/** How many characters of the reply have been begun to be spoken at `us`. */
export function litUntil(exchange: Exchange, us: number): number {
  let lit = 0;
  for (const word of exchange.words) if (word.startUs <= us) lit = Math.max(lit, word.to);
  return lit;
}

/** Where the reply was cut, in characters: after the last word that was heard to its end, 0 when none was. */
export function cutAt(exchange: Exchange): number {
  if (isRunning(exchange) || exchange.state === TurnState.COMPLETED) return exchange.reply.length;
  // What was cut may hold words that never came here; what was heard did.
  if (exchange.heard !== undefined && exchange.reply.startsWith(exchange.heard)) return exchange.heard.length;
  const at = exchange.cut ? exchange.reply.lastIndexOf(exchange.cut.trim()) : -1;
  return at < 0 ? exchange.reply.length : at;
}

/** A finished turn from the history. */
export function fromTurn(turn: Turn): Exchange {
  return {
    ...EMPTY,
    id: turn.id,
    input: turn.inputText,
    reply: turn.replyText + (turn.cutText ? ` ${turn.cutText}` : ''),
    cut: turn.cutText,
    state: turn.state,
    receipt: turn.receipt,
    sources: turn.citations.map(sourceOf),
  };
}

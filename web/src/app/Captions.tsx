import { useEffect, useState } from 'react';
import type { Conversation, Talk } from '../talk/conversation';
import { cutAt, isRunning, litUntil, type Exchange } from '../talk/transcript';

/** What is said, lit word by word; the person's own words while they speak. */
export function Captions({ conversation, talk }: { conversation: Conversation; talk: Talk }) {
  const last = talk.exchanges.at(-1);
  const lit = useLit(conversation, last);
  const person = talk.hearing || talk.waiting;
  return (
    <div className="captions">
      {person && <p className={talk.hearing ? 'mine partial' : 'mine'}>{person}</p>}
      {!person && last?.input && <p className="mine">{last.input}</p>}
      {!person && last && <Reply exchange={last} lit={lit} />}
    </div>
  );
}

function Reply({ exchange, lit }: { exchange: Exchange; lit: number }) {
  const cut = cutAt(exchange);
  const told = exchange.state >= 3 && exchange.words.length === 0 ? exchange.reply.length : Math.min(lit, cut);
  const { from, to } = windowAround(exchange.reply, told);
  return (
    <p className="reply" aria-hidden="true">
      <span className="lit">{exchange.reply.slice(from, Math.min(told, to))}</span>
      <span className="ahead">{exchange.reply.slice(Math.max(told, from), Math.min(cut, to))}</span>
      {cut < to && <s className="cut">{exchange.reply.slice(cut, to)}</s>}
    </p>
  );
}

const LONGEST = 190;

/** The sentences around the word that is spoken: whole ones, not more than fit. */
export function windowAround(text: string, at: number): { from: number; to: number } {
  if (text.length <= LONGEST) return { from: 0, to: text.length };
  const ends = [0, ...Array.from(text.matchAll(/[.!?…]+["')\]]*\s+/g), (m) => m.index + m[0].length), text.length];
  let from = ends.findLast((e) => e <= Math.max(0, at - 1)) ?? 0;
  let to = ends.find((e) => e > Math.max(0, at - 1)) ?? text.length;
  if (to - from > LONGEST) {
    const page = Math.floor(Math.max(0, at - from - 1) / LONGEST);
    from = wordStart(text, from + page * LONGEST);
    to = Math.min(to, wordStart(text, from + LONGEST));
    return { from, to };
  }
  for (const end of ends) if (end > to && end - from <= LONGEST) to = end;
  return { from, to };
}

function wordStart(text: string, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space <= 0 ? at : space + 1;
}

function useLit(conversation: Conversation, exchange: Exchange | undefined): number {
  const [lit, setLit] = useState(0);
  useEffect(() => {
    if (!exchange) return;
    let frame = requestAnimationFrame(function look() {
      frame = requestAnimationFrame(look);
      const heard = conversation.heard();
      if (heard?.turn === exchange.id) setLit(litUntil(exchange, heard.us));
      else if (isRunning(exchange)) setLit(0);
      else setLit(exchange.reply.length);
    });
    return () => cancelAnimationFrame(frame);
  }, [conversation, exchange]);
  return lit;
}

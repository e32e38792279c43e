import { cutAt, type Exchange } from './transcript';

/** A piece of a caption: a word with the space after it, and how it is shown. */
export interface CaptionWord {
  readonly text: string;
  readonly as: 'lit' | 'ahead' | 'cut';
  /** Where in the reply, in characters. */
  readonly at: number;
}

const LONGEST = 130;

/** The words to show while the first `lit` characters of the reply have been spoken. */
export function captionOf(exchange: Exchange, lit: number): readonly CaptionWord[] {
  const cut = cutAt(exchange);
  // Of a reply that was cut, also where it was cut is worth seeing: the first word nobody heard.
  const { from, to } = windowAround(exchange.reply, lit < cut ? lit : Math.min(cut + 1, exchange.reply.length));
  return Array.from(exchange.reply.slice(from, to).matchAll(/\S+\s*/g), (m) => {
    const at = from + m.index;
    return { text: m[0], as: at >= cut ? 'cut' : at < lit ? 'lit' : 'ahead', at };
  });
}

/** The sentences around the word that is spoken: whole ones, not more than fit. */
export function windowAround(text: string, at: number): { from: number; to: number } {
  if (text.length <= LONGEST) return { from: 0, to: text.length };
  const ends = [0, ...Array.from(text.matchAll(/[.!?…]+["')\]]*\s+/g), (m) => m.index + m[0].length), text.length];
  const from = ends.findLast((e) => e <= Math.max(0, at - 1)) ?? 0;
  let to = ends.find((e) => e > Math.max(0, at - 1)) ?? text.length;
  if (to - from > LONGEST) return page(text, from, to, at);
  for (const end of ends) if (end > to && end - from <= LONGEST) to = end;
  return { from, to };
}

/** A long sentence in pages of whole words. */
function page(text: string, from: number, to: number, at: number): { from: number; to: number } {
  let start = from;
  while (true) {
    const end = Math.min(to, wordStart(text, start, start + LONGEST));
    if (at <= end || end >= to) return { from: start, to: end };
    start = end;
  }
}

/** The start of the last word that begins at or before `at`, but after `after`. */
function wordStart(text: string, after: number, at: number): number {
  if (at >= text.length) return text.length;
  const space = text.lastIndexOf(' ', at);
  return space < after ? at : space + 1;
}

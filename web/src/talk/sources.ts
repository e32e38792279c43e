import type { Citation } from '../gen/parley/conversation/v1/turn_pb.js';
import type { Heard } from '../audio/media-clock';
import type { Exchange } from './transcript';

/** Where a part of an answer comes from, and when that part is spoken. */
export interface Source {
  /** As written in the reply, from 1. */
  readonly number: number;
  readonly title: string;
  /** Physical page, from 1; 0 where there are none. */
  readonly page: number;
  /** The number printed on it; may be empty. */
  readonly pageLabel: string;
  readonly passage: string;
  /** The sentence that is quoted; may be empty. */
  readonly quote: string;
  /** The document; empty for a memory. */
  readonly documentId: string;
  readonly chunkId: string;
  /** The memory; empty for a document. */
  readonly memoryId: string;
  /** Microseconds on the turn's media clock. */
  readonly startUs: number;
  readonly endUs: number;
}

export function sourceOf(it: Citation): Source {
  const { number, title, page, pageLabel, passage, quote, documentId, chunkId, memoryId } = it;
  const startUs = Number(it.span?.startUs ?? 0n);
  return { number, title, page, pageLabel, passage, quote, documentId, chunkId, memoryId, startUs, endUs: Number(it.span?.endUs ?? 0n) };
}

/** A source on the stage: opened when its words begin, lit while they are spoken. */
export interface Opened {
  readonly source: Source;
  readonly lit: boolean;
}

/**
 * The source to show while `exchange` is heard: the one whose words began last. Nothing before the
 * first, and nothing once the answer is over; what an interruption cut is lit no more.
 */
export function openedAt(exchange: Exchange, heard: Heard | undefined): Opened | undefined {
  if (!heard || heard.turn !== exchange.id) return undefined;
  let last: Source | undefined;
  for (const source of exchange.sources) {
    if (source.startUs <= heard.us && source.endUs > source.startUs && (!last || source.startUs >= last.startUs)) last = source;
  }
  return last && { source: last, lit: heard.us < last.endUs };
}

/** Each place once, in the order of its number: an answer may cite one several times. */
export function distinct(sources: readonly Source[]): readonly Source[] {
  const seen = new Map<string, Source>();
  for (const s of sources) {
    const key = `${s.number}/${s.memoryId || `${s.documentId}/${s.page}`}`;
    if (!seen.has(key)) seen.set(key, s);
  }
  return [...seen.values()].sort((a, b) => a.number - b.number);
}

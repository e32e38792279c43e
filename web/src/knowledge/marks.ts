import type { Chunk, PageSpan, Rectangle } from '../gen/parley/document/v1/document_pb.js';

/** A stretch of a page's text, and which passages cover it. */
export interface Stretch {
  readonly text: string;
  /** First character in the page's text. */
  readonly from: number;
  /** Ids of the passages, in order. */
  readonly chunks: readonly string[];
  /** Whether it is part of what is marked. */
  readonly marked: boolean;
}

/** A page's text cut where passages or marks begin and end; passages may overlap. */
export function stretches(text: string, page: number, chunks: readonly Chunk[], marked: readonly PageSpan[]): readonly Stretch[] {
  const spans = chunks.flatMap((c) => c.spans.filter((s) => s.page === page).map((s) => ({ id: c.id, from: s.start, to: s.end })));
  const marks = marked.filter((s) => s.page === page);
  const inside = (at: number): boolean => at > 0 && at < text.length;
  const cuts = new Set([...spans.flatMap((s) => [s.from, s.to]), ...marks.flatMap((m) => [m.start, m.end])].filter(inside));
  const starts = [0, ...[...cuts].sort((a, b) => a - b)];
  return starts.map((from, i) => ({
    from,
    text: text.slice(from, starts[i + 1] ?? text.length),
    chunks: spans.filter((s) => s.from <= from && from < s.to).map((s) => s.id),
    marked: marks.some((m) => m.start <= from && from < m.end),
  }));
}

/** The smallest rectangle around all; nothing for none. */
export function around(marks: readonly Rectangle[]): { x: number; y: number; width: number; height: number } | undefined {
  if (marks.length === 0) return undefined;
  const x = Math.min(...marks.map((m) => m.x));
  const y = Math.min(...marks.map((m) => m.y));
  return { x, y, width: Math.max(...marks.map((m) => m.x + m.width)) - x, height: Math.max(...marks.map((m) => m.y + m.height)) - y };
}

/** A picture in a window: how wide it is drawn, and how far it is moved. Pixels. */
export interface Framing {
  readonly width: number;
  readonly left: number;
  readonly top: number;
}

const LARGEST = 2;

/**
 * Draws a page so large that the marks fill the window's width, twice the window at most, and moves
 * it so that they begin in its upper part. `aspect` is the picture's height over its width.
 */
export function framing(marks: readonly Rectangle[], aspect: number, window: { width: number; height: number }): Framing {
  const box = around(marks);
  if (!box) return { width: window.width, left: 0, top: 0 };
  const width = window.width * Math.min(LARGEST, Math.max(1, 0.92 / Math.max(box.width, 0.01)));
  const height = width * aspect;
  const shift = (centre: number, length: number, room: number): number => Math.min(0, Math.max(room - length, room / 2 - centre)) || 0;
  const fits = box.height * height < window.height * 0.8;
  const middle = fits ? (box.y + box.height / 2) * height : box.y * height + window.height * 0.4;
  return { width, left: shift((box.x + box.width / 2) * width, width, window.width), top: shift(middle, height, window.height) };
}

/** `PART ONE › Boats`, without what the title says already. */
export function pathOf(chunk: Chunk): string {
  return chunk.headingPath.join(' › ');
}

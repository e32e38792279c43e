import { create } from '@bufbuild/protobuf';
import { ChunkSchema, type Chunk } from '../src/gen/parley/document/v1/document_pb.js';
import { GetPageResponseSchema, type GetPageResponse } from '../src/gen/parley/document/v1/document_service_pb.js';

const WIDTH = 612;
const HEIGHT = 792;
const MARGIN = 72;
const LEADING = 17;
const LETTERS = 78;

/** A page of the fake's documents: its text, its passages and its picture. */
export interface Sheet {
  readonly number: number;
  readonly chunks: readonly Chunk[];
  page(chunkId: string, quote: string): GetPageResponse;
  svg(): string;
}

/** A line of a page: its characters, and how far below the upper edge it stands. */
interface Line {
  readonly from: number;
  readonly to: number;
  readonly y: number;
}

/** Lays paragraphs out on a page; each is a passage. */
export function sheetOf(documentId: string, number: number, paragraphs: readonly string[], image: boolean): Sheet {
  const text = paragraphs.join('\n\n');
  const lines: Line[] = [];
  let at = 0;
  let y = 118;
  const chunks = paragraphs.map((paragraph, i) => {
    for (const [from, to] of wrapped(paragraph)) lines.push({ from: at + from, to: at + to, y: (y += LEADING) });
    const chunk = create(ChunkSchema, {
      id: `${documentId}-${number}-${i}`, documentId, position: (number - 1) * paragraphs.length + i, text: paragraph, headingPath: ['Operations', `Chapter ${number}`],
      spans: [{ page: number, pageLabel: String(number), start: at, end: at + paragraph.length }], tokenCount: Math.ceil(paragraph.length / 4.2),
    });
    at += paragraph.length + 2;
    y += 14;
    return chunk;
  });
  const page = (chunkId: string, quote: string): GetPageResponse => {
    const chunk = chunks.find((c) => c.id === chunkId);
    const from = quote ? text.indexOf(quote) : -1;
    const span = from >= 0 ? { start: from, end: from + quote.length } : chunk?.spans[0];
    return create(GetPageResponseSchema, {
      page: { number, label: String(number), text, hasImage: image },
      spans: span ? [{ page: number, start: span.start, end: span.end }] : [],
      marks: span && image ? lines.filter((l) => l.from < span.end && l.to > span.start).map((l) => rectangle(l, span)) : [],
    });
  };
  return { number, chunks, page, svg: () => picture(number, text, lines) };
}

function wrapped(paragraph: string): [number, number][] {
  const rows: [number, number][] = [];
  let start = 0;
  while (start < paragraph.length) {
    const end = paragraph.length - start <= LETTERS ? paragraph.length : paragraph.lastIndexOf(' ', start + LETTERS);
    rows.push([start, end]);
    start = end + 1;
  }
  return rows;
}

function rectangle(line: Line, span: { start: number; end: number }) {
  const letter = (WIDTH - 2 * MARGIN) / LETTERS;
  const from = Math.max(line.from, span.start) - line.from;
  const to = Math.min(line.to, span.end) - line.from;
  return { x: (MARGIN + from * letter) / WIDTH, y: (line.y - 12) / HEIGHT, width: ((to - from) * letter) / WIDTH, height: 16 / HEIGHT };
}

/** In place of the PNG a server draws; `textLength` makes every letter as wide as the marks suppose. */
function picture(number: number, text: string, lines: readonly Line[]): string {
  const escape = (t: string): string => t.replace(/&/g, '&amp;').replace(/</g, '&lt;');
  const letter = (WIDTH - 2 * MARGIN) / LETTERS;
  const rows = lines.map((l) => `<text x="${MARGIN}" y="${l.y}" textLength="${(l.to - l.from) * letter}">${escape(text.slice(l.from, l.to))}</text>`);
  return `<svg xmlns="http://www.w3.org/2000/svg" width="1200" height="${Math.round((1200 * HEIGHT) / WIDTH)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="serif" font-size="12.500"><rect width="100%" height="100%" fill="#fff"/><text x="${MARGIN}" y="96" font-size="20">Chapter ${number}</text>${rows.join('')}<text x="${WIDTH / 2}" y="752">${number}</text></svg>`;
}

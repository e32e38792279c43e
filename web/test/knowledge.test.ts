import { createClient, createRouterTransport } from '@connectrpc/connect';
import { create } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { PrivacyService } from '../src/gen/parley/conversation/v1/privacy_service_pb.js';
import { ServerEventSchema } from '../src/gen/parley/conversation/v1/event_pb.js';
import { ChunkSchema, RectangleSchema } from '../src/gen/parley/document/v1/document_pb.js';
import { ItemKind, RecollectionService } from '../src/gen/parley/memory/v1/recollection_service_pb.js';
import { carriesFiles, chosenFiles, droppedFiles } from '../src/knowledge/files';
import { framing, stretches } from '../src/knowledge/marks';
import { forgetEverything, Memories } from '../src/knowledge/memories';
import { distinct, openedAt } from '../src/talk/sources';
import { follow, type Exchange } from '../src/talk/transcript';
import { FakeMemory } from './fake-memory';

const entry = (name: string, children?: unknown[]) => ({
  name, isFile: !children, isDirectory: !!children,
  file: (done: (f: File) => void) => done(new File(['x'], name)),
  createReader: () => {
    const batches = children ? [children.slice(0, 1), children.slice(1)].filter((b) => b.length) : [];
    return { readEntries: (done: (some: unknown[]) => void) => done(batches.shift() ?? []) };
  },
});
const drop = (...entries: ReturnType<typeof entry>[]) => ({
  items: entries.map((e) => ({ kind: 'file', webkitGetAsEntry: () => e })),
  files: entries.map((e) => new File(['x'], e.name)), types: ['Files'],
}) as unknown as DataTransfer;
const names = (files: readonly File[]) => files.map((f) => f.name);

test('a dropped folder is walked through; hidden files are skipped, others that cannot be read are named', async () => {
  const picked = await droppedFiles(drop(entry('papers', [entry('a.pdf'), entry('deeper', [entry('b.MD'), entry('photo.png'), entry('.DS_Store')])]), entry('letter.rtf')));
  expect(names(picked.files)).toEqual(['a.pdf', 'b.MD', 'letter.rtf']);
  expect(picked.passedOver).toEqual(['photo.png']);
});

test('single files are taken as they are; words that are dragged are no files', async () => {
  expect(names((await droppedFiles(drop(entry('letter.rtf')))).files)).toEqual(['letter.rtf']);
  expect(carriesFiles({ types: ['text/plain'] } as unknown as DataTransfer)).toBe(false);
  expect(chosenFiles([new File([], '~$draft.docx'), new File([], 'draft.docx')]).files).toHaveLength(1);
});

function cited(...spans: [number, number][]): Exchange {
  return spans.reduce<readonly Exchange[]>((all, [from, to], i) => follow(all, create(ServerEventSchema, {
    turnId: 't', event: { case: 'citation', value: { number: i + 1, title: 'Guide', documentId: 'd', page: 4, chunkId: 'c', span: { startUs: BigInt(from), endUs: BigInt(to) } } },
  })), [])[0]!;
}

test('a source is opened when its words begin and lit exactly while they are spoken', () => {
  const exchange = cited([1_000, 2_000], [5_000, 6_000]);
  const at = (us: number) => {
    const opened = openedAt(exchange, { turn: 't', us, running: true });
    return opened && `${opened.source.number} ${opened.lit}`;
  };
  expect([999, 1_000, 1_999, 2_000, 4_999, 5_000, 6_000].map(at)).toEqual([undefined, '1 true', '1 true', '1 false', '1 false', '2 true', '2 false']);
  expect(openedAt(exchange, { turn: 'another', us: 1_500, running: true })).toBeUndefined();
  expect(openedAt(exchange, undefined)).toBeUndefined();
});

test('a source without words of its own is listed but never opened; a place is listed once', () => {
  const exchange = cited([0, 0]);
  expect(openedAt(exchange, { turn: 't', us: 0, running: true })).toBeUndefined();
  const twice = [...cited([0, 1], [2, 3]).sources, ...cited([4, 5]).sources];
  expect(distinct(twice).map((s) => s.number)).toEqual([1, 2]);
});

test('a page is cut where passages begin and end, also where they overlap', () => {
  const chunk = (id: string, start: number, end: number) => create(ChunkSchema, { id, spans: [{ page: 2, start, end }, { page: 3, start: 0, end: 4 }] });
  const cut = stretches('abcdefghij', 2, [chunk('x', 0, 6), chunk('y', 4, 10)], [{ ...chunk('', 5, 6).spans[0]! }]);
  expect(cut.map((s) => `${s.text} ${s.chunks.join('+')}${s.marked ? ' marked' : ''}`)).toEqual(['abcd x', 'e x+y', 'f x+y marked', 'ghij y']);
  expect(stretches('abc', 9, [chunk('x', 0, 2)], [])).toHaveLength(1);
});

test('the picture is drawn larger around narrow marks and never leaves the window empty', () => {
  const mark = (x: number, y: number, width: number, height: number) => create(RectangleSchema, { x, y, width, height });
  const window = { width: 300, height: 200 };
  const column = framing([mark(0.55, 0.9, 0.4, 0.02)], 1.3, window);
  expect(column.width).toBe(600);
  expect(column.left).toBe(-300);
  expect(column.top).toBe(200 - 600 * 1.3);
  expect(framing([], 1.3, window)).toEqual({ width: 300, left: 0, top: 0 });
  const whole = framing([mark(0.05, 0, 0.9, 1)], 1.3, window);
  expect(whole.top).toBe(0);
});

const memory = new FakeMemory();
const transport = createRouterTransport((router) => memory.routes(router));
const recollections = createClient(RecollectionService, transport);

test('memories are listed by character and kind, found, corrected with their history, pinned and forgotten', async () => {
  memory.items = [];
  memory.put({ kind: ItemKind.FACT, text: 'You live in Porto.' });
  memory.put({ kind: ItemKind.TURN, text: 'I like boats.' });
  memory.put({ kind: ItemKind.FACT, text: 'You have a dog.', characterId: 'bruno' });
  const memories = new Memories(recollections, 'ada');
  const texts = () => memories.snapshot().items.map((i) => i.text);
  await memories.want({});
  expect(texts()).toEqual(['I like boats.', 'You live in Porto.']);
  await memories.want({ kind: ItemKind.FACT, characterId: '' });
  expect(texts()).toEqual(['You have a dog.', 'You live in Porto.']);
  await memories.want({ query: ' porto ' });
  const [home] = memories.snapshot().items;
  expect(await memories.correct(home!, 'You live in Braga.')).toBe(true);
  expect(memories.snapshot().items[0]).toMatchObject({ text: 'You live in Braga.', history: [{ text: 'You live in Porto.' }] });
  await memories.pin(memories.snapshot().items[0]!, true);
  expect(memories.snapshot().items[0]!.pinned).toBe(true);
  expect(JSON.parse(await memories.export()).items).toHaveLength(3);
  await memories.forget(home!.id);
  expect(texts()).toEqual([]);
  expect(await memories.forget(home!.id), 'gone already is gone').toBe(true);
});

test('forgetting everything tells how far it is, until it is done', async () => {
  const counts: number[] = [];
  const report = await forgetEverything(createClient(PrivacyService, transport), (e) => counts.push(e.removals.length), 1);
  expect(counts).toEqual([1, 3, 3, 5]);
  expect(report.removals.map((r) => r.what)).toContain('embedding cache');
});

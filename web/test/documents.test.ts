import { createClient, createRouterTransport } from '@connectrpc/connect';
import { create } from '@bufbuild/protobuf';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { DocumentSchema, DocumentStage } from '../src/gen/parley/document/v1/document_pb.js';
import { DocumentService, UploadDocumentResponseSchema } from '../src/gen/parley/document/v1/document_service_pb.js';
import { Shelf } from '../src/knowledge/shelf';
import { UploadFailure, type Send } from '../src/knowledge/uploads';
import { pageWords, shareOf, sizeOf, stageWords, troubleOf } from '../src/knowledge/words';
import { FakeLibrary } from './fake-library';

let library: FakeLibrary;
let shelf: Shelf;
let prepared: number;
let send: Send;

beforeEach(() => {
  library = new FakeLibrary();
  library.stepMs = 1;
  prepared = 0;
  send = async (file) => create(UploadDocumentResponseSchema, { document: library.upload(file.name, 'ada').document });
  const documents = createClient(DocumentService, createRouterTransport((router) => library.routes(router)));
  shelf = new Shelf('ada', documents, (...all) => send(...all), async () => void prepared++);
});
afterEach(() => shelf.close());

const files = (...names: string[]) => ({ files: names.map((n) => new File(['words'], n)), passedOver: [] });
const stages = () => shelf.snapshot().documents.map((d) => `${d.displayName}: ${stageWords(d)}`).sort();

test('dropped files are sent, read page by page and end ready, or failed with a reason in words', async () => {
  const seen = new Set<string>();
  shelf.subscribe(() => shelf.snapshot().documents.forEach((d) => seen.add(stageWords(d))));
  shelf.add(files('guide.pdf', 'locked.pdf', 'scan.pdf', 'notes.md'));
  await vi.waitFor(() => expect(stages()).toEqual([
    'guide.pdf: Ready', 'locked.pdf: It is locked with a password', 'notes.md: Ready', 'scan.pdf: It holds pictures only, no text',
  ]), 5_000);
  expect(prepared).toBe(1);
  expect(shelf.snapshot().uploads).toEqual([]);
  expect([...seen]).toEqual(expect.arrayContaining(['Reading page 3 of 6', 'Reading part 3 of 6', 'Learning passage 6 of 12']));
});

test('a file that is too large or empty is not sent, and says so', () => {
  const sent = vi.fn(send);
  send = sent;
  const huge = Object.defineProperty(new File(['x'], 'atlas.pdf'), 'size', { value: 513 * 1024 * 1024 });
  shelf.add({ files: [huge, new File([], 'nothing.txt')], passedOver: [] });
  expect(shelf.snapshot().uploads.map((u) => u.trouble?.title)).toEqual(['Too large', 'The file is empty']);
  expect(sent).not.toHaveBeenCalled();
});

test('what the server refuses stays with the reason, and goes when it is sent again', async () => {
  const works = send;
  send = () => Promise.reject(new UploadFailure('UNAVAILABLE', 'gone'));
  shelf.add(files('guide.pdf'));
  await vi.waitFor(() => expect(shelf.snapshot().uploads[0]?.trouble?.title).toBe('The server does not answer'));
  send = works;
  shelf.retryUpload(shelf.snapshot().uploads[0]!.key);
  await vi.waitFor(() => expect(stages()).toEqual(['guide.pdf: Ready']));
});

test('two files are sent at once, the others wait; one that is stopped leaves the list', async () => {
  send = (_, progress, stop) => new Promise((_done, fail) => {
    progress(3);
    stop.addEventListener('abort', () => fail(new UploadFailure('', 'stopped')));
  });
  shelf.add(files('a.txt', 'b.txt', 'c.txt'));
  await vi.waitFor(() => expect(shelf.snapshot().uploads.map((u) => u.sentBytes)).toEqual([3, 3, 0]));
  shelf.cancelUpload(shelf.snapshot().uploads[0]!.key);
  await vi.waitFor(() => expect(shelf.snapshot().uploads.map((u) => `${u.name} ${u.state}`)).toEqual(['b.txt sending', 'c.txt sending']));
});

test('a document is renamed, tagged and deleted; who was slower is told', async () => {
  library.put('guide.pdf', 'ada', [['One.']]);
  await shelf.load();
  const first = shelf.snapshot().documents[0]!;
  expect(await shelf.rename(first, 'Guide')).toBe(true);
  expect(await shelf.rename(first, 'Manual')).toBe(false);
  expect(shelf.snapshot().failure).toMatch(/^Somebody else changed it/);
  expect(await shelf.tag(shelf.snapshot().documents[0]!, ['boats'])).toBe(true);
  expect(shelf.snapshot().documents.map((d) => [d.displayName, d.tags])).toEqual([['Guide', ['boats']]]);
  expect(await shelf.remove(first.id)).toBe(true);
  expect(shelf.snapshot().documents).toEqual([]);
});

test('a class that was found is corrected, and then certain', async () => {
  library.put('guide.pdf', 'ada', [['One.']]);
  await shelf.load();
  expect(await shelf.classify(shelf.snapshot().documents[0]!, 'manual')).toBe(true);
  expect(shelf.snapshot().documents[0]!.classification).toMatchObject({ label: 'manual', confidence: 1 });
});

test('only documents of the character are shown', async () => {
  library.put('mine.pdf', 'ada', [['One.']]);
  library.put('yours.pdf', 'bruno', [['Two.']]);
  await shelf.load();
  expect(shelf.snapshot().documents.map((d) => d.displayName)).toEqual(['mine.pdf']);
});

test('a document that failed is read again on demand', async () => {
  library.put('guide.pdf', 'ada', [['One.']], { progress: { stage: DocumentStage.FAILED, failureReason: 'DEADLINE_EXCEEDED' } });
  await shelf.load();
  expect(stages()).toEqual(['guide.pdf: Reading it took too long']);
  await shelf.reprocess(shelf.snapshot().documents[0]!.id);
  await vi.waitFor(() => expect(stages()).toEqual(['guide.pdf: Ready']));
});

test('new settings of how to cut are kept, and what is there is cut again', async () => {
  library.collections.set('ada', { id: 'ada', displayName: 'Ada', chunks: { maxTokens: 0 } });
  library.put('guide.pdf', 'ada', [['One.']]);
  await shelf.load();
  await shelf.cutAs(120, 0);
  expect(shelf.snapshot().collection?.chunks).toMatchObject({ maxTokens: 120, overlapTokens: 0 });
  expect(stages()).not.toEqual(['guide.pdf: Ready']);
  await vi.waitFor(() => expect(stages()).toEqual(['guide.pdf: Ready']));
});

test('files that are there already are said beside those passed over', async () => {
  const works = send;
  send = async (...all) => ({ ...(await works(...all)), alreadyThere: true });
  shelf.add({ ...files('a.txt', 'b.txt'), passedOver: ['c.png'] });
  await vi.waitFor(() => expect(shelf.snapshot().remark).toMatch(/^Passed over.*c\.png\. 2 of them are there already\.$/));
});

test('passed over files are named, three at most', () => {
  shelf.add({ files: [], passedOver: ['a.png', 'b.png', 'c.png', 'd.png', 'e.png'] });
  expect(shelf.snapshot().remark).toContain('a.png, b.png, c.png and 2 more');
});

test('the bar only grows from stage to stage', () => {
  const shares = [[1, 0, 0], [2, 1, 9], [2, 9, 9], [3, 0, 0], [4, 0, 0], [5, 1, 4], [5, 4, 4], [6, 0, 0]]
    .map(([stage, done, total]) => shareOf(create(DocumentSchema, { progress: { stage, done, total } }).progress));
  expect(shares).toEqual(shares.toSorted((a, b) => a - b));
  expect(shares.at(-1)).toBe(1);
});

test('numbers and reasons read as people say them', () => {
  expect([sizeOf(0), sizeOf(3_100), sizeOf(3_140_000), sizeOf(2.5e9)]).toEqual(['0 bytes', '3.1 KB', '3.1 MB', '2.5 GB']);
  expect([pageWords(12, '12'), pageWords(6, 'iv'), pageWords(3, '')]).toEqual(['page 12', 'page 6 (printed iv)', 'page 3']);
  expect(troubleOf('SOMETHING_NEW', 'the disk is full').title).toBe('the disk is full');
});

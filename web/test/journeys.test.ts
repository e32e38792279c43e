import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { FactKind, ItemKind } from '../src/gen/parley/memory/v1/recollection_service_pb.js';
import { FakeServer } from './fake-server';

/** Journeys over the fake, where the services are not at hand: `JOURNEYS=1 npx vitest run test/journeys.test.ts`. */
describe.runIf(process.env.JOURNEYS)('journeys over the fake', () => {
  let server: FakeServer;
  beforeEach(async () => {
    server = await FakeServer.start();
  });
  afterEach(() => server.stop());

  it('documents', async () => {
    server.talk.answering = (text) => {
      const book = [...server.library.books.values()].find((b) => /handbook/.test(b.document.displayName))!;
      const chunk = book.sheets[1]!.chunks[1]!;
      server.talk.speak(text, 'The travelling crane lifts nine tonnes at most. Say so to whoever asks.', [
        { number: 1, title: book.document.displayName, documentId: book.document.id, page: 2, pageLabel: '2', chunkId: chunk.id, passage: chunk.text, quote: chunk.text, from: 0, to: 8 },
      ]);
      return true;
    };
    await journey('documents', server.url);
  });

  it('memories', async () => {
    server.talk.answering = (text) => {
      server.memory.put({ kind: ItemKind.TURN, text });
      server.memory.put({ kind: ItemKind.FACT, factKind: FactKind.PLACE, text: 'You live in Porto.' });
      server.talk.speak(text, 'Porto is lovely.');
      return true;
    };
    await journey('memories', server.url);
  });

  it('account', () => journey('account', server.url));
  it('reloading', () => journey('reloading', server.url));
}, 240_000);

function journey(name: string, url: string): Promise<void> {
  return new Promise((done, fail) => {
    execFile(process.execPath, [join(import.meta.dirname, 'journeys', 'run.mjs'), name, url], { timeout: 200_000 }, (error, _, said) => (error ? fail(new Error(said || error.message)) : done()));
  });
}

import { DocumentStage } from '../src/gen/parley/document/v1/document_pb.js';
import { FactKind, ItemKind } from '../src/gen/parley/memory/v1/recollection_service_pb.js';
import type { FakeServer } from './fake-server';
import type { Cited } from './fake-talk';

const RULE = 'Mooring lines are doubled when the forecast gives force seven or more, and the watch is told by radio before midnight.';
const OPERATIONS = [
  'The outer basin takes vessels of up to ninety metres. Larger ones wait in the roads until the pilot has spoken with the harbour office and the berth is free.',
  `${RULE} Whoever leaves a line single answers for the damage.`,
  'The travelling crane lifts nine tonnes at most. In wind above force seven it stays parked, its hook secured to the quay and its cabin locked.',
  'Fuel is handed out between six in the morning and eight in the evening. Nobody smokes on the fuelling quay, and engines are stopped before the hose is taken.',
];

/** Fills the fake with documents in every state, and with memories, for character `ada`. */
export function fill(server: FakeServer): void {
  const { library, memory } = server;
  library.collections.set('ada', { id: 'ada', displayName: 'Ada', chunks: { maxTokens: 0 } });
  library.put('Letter to the harbour master, scanned.pdf', 'ada', [['']], { progress: { stage: DocumentStage.FAILED, failure: 'no text', failureReason: 'DOCUMENT_HAS_NO_TEXT' } });
  library.put('notes-on-tides.md', 'ada', [['Spring tides come after full and new moon, neap tides at the quarters.', OPERATIONS[0]!, OPERATIONS[3]!], [OPERATIONS[1]!, OPERATIONS[2]!]], { tags: ['tides'] });
  library.put('Harbour handbook.pdf', 'ada', Array.from({ length: 24 }, (_, i) => OPERATIONS.map((_, n) => OPERATIONS[(n + i + 2) % 4]!)), { tags: ['rules', 'harbour'] });
  library.put('Cranes and lifting gear, maintenance of.docx', 'ada', [[OPERATIONS[2]!]]);
  memory.put({ kind: ItemKind.SUMMARY, text: 'You talked about the autumn storms, how the boat is moored, and whether to haul it out before November.' });
  memory.put({ kind: ItemKind.TURN, text: 'My boat is called Marisol and she lies at the outer basin.', characterText: 'Marisol is a lovely name. The outer basin is the right place for her while the weather holds.' });
  memory.put({ kind: ItemKind.FACT, factKind: FactKind.PLAN, text: 'You plan to sail to the Azores in May.' });
  memory.put({ kind: ItemKind.FACT, factKind: FactKind.PERSON, text: 'Your sister Inês teaches geography.', pinned: true });
  memory.put({ kind: ItemKind.FACT, factKind: FactKind.PLACE, text: 'You live in Porto.', pinned: true });
  memory.put({ kind: ItemKind.FACT, factKind: FactKind.LIKE, text: 'You like long walks by the sea.', characterId: 'bruno' });
}

export const QUESTION = 'When do I have to double the lines?';
export const ANSWER = 'You double the lines at force seven or more, and the watch is told before midnight. The crane stays parked then, with its hook secured. And Marisol lies in the outer basin.';

/** Answers the question with what the handbook says on page 3, and with a memory. */
export function answerFromHandbook(server: FakeServer): void {
  const book = [...server.library.books.values()].find((b) => /handbook/.test(b.document.displayName))!;
  const sheet = book.sheets[2]!;
  const cite = (number: number, words: RegExp, from: number, to: number, quote: string): Cited => {
    const chunk = sheet.chunks.find((c) => words.test(c.text))!;
    return { number, title: book.document.displayName, documentId: book.document.id, page: 3, pageLabel: '3', chunkId: chunk.id, passage: chunk.text, quote, from, to };
  };
  const memory: Cited = { number: 3, title: '', memoryId: 'item-2', passage: 'My boat is called Marisol and she lies at the outer basin.', from: 28, to: 35 };
  server.talk.answering = (text) => {
    server.talk.speak(text, ANSWER, [cite(1, /Mooring/, 2, 16, RULE), cite(2, /crane/, 16, 24, ''), memory]);
    return true;
  };
}

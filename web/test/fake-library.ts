import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ChunkSchema, DocumentFormat, DocumentProgressSchema, DocumentSchema, DocumentStage, type Chunk, type Document, type DocumentProgress } from '../src/gen/parley/document/v1/document_pb.js';
import { DocumentService, SearchResultSchema, type UpdateDocumentRequest } from '../src/gen/parley/document/v1/document_service_pb.js';
import { sheetOf, type Sheet } from './fake-pages';

/** A document of the fake: what the service says of it, and its pages. */
interface Book {
  document: Document;
  readonly sheets: readonly Sheet[];
}

type Progress = MessageInitShape<typeof DocumentProgressSchema>;

const STEP_MS = 120;
const FORMATS: Record<string, DocumentFormat> = {
  pdf: DocumentFormat.PDF, docx: DocumentFormat.DOCX, txt: DocumentFormat.TXT, md: DocumentFormat.MARKDOWN, html: DocumentFormat.HTML,
};

/** Documents in memory that speak the contract. "Reads" by waiting; nothing of it ships. */
export class FakeLibrary {
  readonly books = new Map<string, Book>();
  readonly collections = new Map<string, { id: string; displayName: string; chunks: { maxTokens: number; overlapTokens?: number } }>();
  /** Progress is told this often; tests make it quicker. */
  stepMs = STEP_MS;
  private count = 0;

  /** Keeps a file; `paragraphs` are those of each page. */
  put(name: string, collectionId: string, pages: readonly (readonly string[])[], part: { progress?: Progress; tags?: string[] } = {}): Book {
    const id = `document-${++this.count}`;
    const format = FORMATS[name.split('.').pop()!.toLowerCase()] ?? DocumentFormat.TXT;
    const sheets = pages.map((paragraphs, i) => sheetOf(id, i + 1, paragraphs, format === DocumentFormat.PDF));
    const document = create(DocumentSchema, {
      id, displayName: name, collectionId, format, sizeBytes: BigInt(48_213 * pages.length), version: 1n,
      createTime: timestampFromDate(new Date()), chunkCount: sheets.reduce((n, s) => n + s.chunks.length, 0),
      metadata: { title: name.replace(/\.\w+$/, ''), authors: ['M. Okafor'], pageCount: format === DocumentFormat.PDF ? pages.length : 0, wordCount: 312 * pages.length, language: 'en' },
      progress: { stage: DocumentStage.READY }, ...part,
    });
    const book = { document, sheets };
    this.books.set(id, book);
    return book;
  }

  /** What an uploaded file becomes; files called `locked…` and `scan…` fail as such files do. */
  upload(name: string, collectionId: string): Book {
    const pages = Array.from({ length: 6 }, (_, i) => [`Part ${i + 1} of ${name}.`, 'The travelling crane lifts nine tonnes at most.', 'Mooring lines are doubled when a storm is forecast.']);
    return this.put(name, collectionId, pages, { progress: { stage: DocumentStage.STORED } });
  }

  routes(router: ConnectRouter): void {
    const library = this;
    router.service(DocumentService, {
      listDocuments: ({ filter }) => ({ documents: this.all().filter((d) => !filter?.collectionIds.length || filter.collectionIds.includes(d.collectionId)) }),
      getDocument: ({ documentId }) => ({ document: this.book(documentId).document }),
      updateDocument: (q) => ({ document: this.update(q) }),
      deleteDocument: ({ documentId }) => (this.book(documentId), this.books.delete(documentId), {}),
      reprocessDocument: ({ documentId }) => ({ document: this.at(this.book(documentId), { stage: DocumentStage.STORED, attempts: 1 }) }),
      async *watchDocument({ documentId }) {
        for await (const progress of library.read(library.book(documentId))) yield { progress };
      },
      listChunks: ({ documentId, page }) => ({ chunks: this.book(documentId).sheets.filter((s) => !page || s.number === page).flatMap((s) => s.chunks) }),
      previewChunks: ({ documentId, settings }) => this.preview(this.book(documentId), settings?.maxTokens || 200),
      getPage: ({ documentId, page, chunkId, quote }) => {
        const sheet = this.book(documentId).sheets[page - 1];
        if (!sheet) throw new ConnectError('the document has no such page', Code.NotFound);
        return sheet.page(chunkId, quote);
      },
      searchDocuments: ({ query, limit, filter }) => ({ results: this.search(query, filter?.collectionIds ?? []).slice(0, limit || 10) }),
      listCollections: () => ({ collections: [...this.collections.values()] }),
      createCollection: ({ collection }) => {
        if (this.collections.has(collection!.id)) throw new ConnectError('it is there', Code.AlreadyExists);
        this.collections.set(collection!.id, { id: collection!.id, displayName: collection!.displayName, chunks: { maxTokens: 0 } });
        return { collection: this.collections.get(collection!.id) };
      },
      updateCollection: ({ collectionId, collection }) => {
        const changed = { ...this.collections.get(collectionId)!, chunks: { maxTokens: collection!.chunks!.maxTokens, overlapTokens: collection!.chunks!.overlapTokens } };
        this.collections.set(collectionId, changed);
        return { collection: changed };
      },
    });
  }

  book(id: string): Book {
    const book = this.books.get(id);
    if (!book) throw new ConnectError(`no document ${id}`, Code.NotFound);
    return book;
  }

  private all(): Document[] {
    return [...this.books.values()].map((b) => b.document).reverse();
  }

  private update({ documentId, document, updateMask }: UpdateDocumentRequest): Document {
    const book = this.book(documentId);
    if (document!.version !== book.document.version) throw new ConnectError('somebody was faster', Code.Aborted);
    const { displayName, tags, classification } = document!;
    const path = updateMask!.paths[0];
    const part = path === 'tags' ? { tags } : path === 'display_name' ? { displayName } : { classification };
    return (book.document = { ...book.document, ...part, version: book.document.version + 1n });
  }

  private at(book: Book, progress: Progress): Document {
    return (book.document = { ...book.document, progress: create(DocumentProgressSchema, progress) });
  }

  private async *read(book: Book): AsyncGenerator<DocumentProgress> {
    const name = book.document.displayName;
    const pages = book.sheets.length;
    const stages: Progress[] = [{ stage: DocumentStage.STORED }];
    for (let i = 1; i <= pages; i++) stages.push({ stage: DocumentStage.READING, done: i, total: pages, attempts: 1 });
    if (/^locked/.test(name)) stages.push({ stage: DocumentStage.FAILED, failure: 'the file is encrypted', failureReason: 'DOCUMENT_ENCRYPTED' });
    else if (/^scan/.test(name)) stages.push({ stage: DocumentStage.FAILED, failure: 'no text layer', failureReason: 'DOCUMENT_HAS_NO_TEXT' });
    else {
      stages.push({ stage: DocumentStage.DESCRIBING }, { stage: DocumentStage.CHUNKING });
      for (let i = 1; i <= 4; i++) stages.push({ stage: DocumentStage.INDEXING, done: i * 3, total: 12, attempts: 1 });
      stages.push({ stage: DocumentStage.READY });
    }
    if (book.document.progress?.stage === DocumentStage.READY || book.document.progress?.stage === DocumentStage.FAILED) return yield book.document.progress;
    for (const stage of stages) {
      yield this.at(book, stage).progress!;
      await new Promise((done) => setTimeout(done, this.stepMs));
    }
  }

  private preview(book: Book, maxTokens: number) {
    const words = book.sheets.flatMap((s) => s.chunks.flatMap((c) => c.text.split(' ')));
    const chunks: Chunk[] = [];
    for (let i = 0; i < words.length; i += maxTokens) {
      chunks.push(create(ChunkSchema, { id: `p${i}`, position: chunks.length, text: words.slice(i, i + maxTokens).join(' '), tokenCount: Math.min(maxTokens, words.length - i) }));
    }
    return { chunks: chunks.slice(0, 20), chunkCount: chunks.length, meanTokens: words.length / chunks.length };
  }

  private search(query: string, collections: readonly string[]) {
    const words = query.toLowerCase().match(/\w{4,}/g) ?? [];
    const found = [...this.books.values()].filter((b) => collections.length === 0 || collections.includes(b.document.collectionId))
      .flatMap((b) => b.sheets.flatMap((s) => s.chunks.map((chunk) => ({ chunk, name: b.document.displayName, score: words.filter((w) => chunk.text.toLowerCase().includes(w)).length }))));
    return found.filter((f) => f.score > 0).sort((a, b) => b.score - a.score).map((f, i) => create(SearchResultSchema, {
      chunk: f.chunk, documentName: f.name, score: f.score / 60, parts: { cosine: 0.62, denseRank: i + 1, bm25: f.score * 3.1, lexicalRank: i + 1, fused: 2 / (61 + i) },
    }));
  }
}

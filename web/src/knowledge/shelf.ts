import { Code, ConnectError, type Client } from '@connectrpc/connect';
import { DocumentStage, type Collection, type Document, type DocumentProgress } from '../gen/parley/document/v1/document_pb.js';
import type { DocumentService, UploadDocumentResponse } from '../gen/parley/document/v1/document_service_pb.js';
import type { Picked } from './files';
import { Remarks } from './remarks';
import { Asking } from '../state/asking';
import { Uploads, type Send, type Upload } from './uploads';
import { Watches } from './watches';
import { isSettledAt, stageWords } from './words';

export type Documents = Client<typeof DocumentService>;

/** What the page shows of a collection. */
export interface ShelfState {
  readonly uploads: readonly Upload[];
  /** Newest first. */
  readonly documents: readonly Document[];
  /** How its documents are cut; absent until it is asked for, or while there is none. */
  readonly collection?: Collection;
  readonly loaded: boolean;
  /** Why the last call failed; empty when it did not. */
  readonly failure: string;
  /** Something worth knowing about the last files; empty for nothing. */
  readonly remark: string;
  /** The document that was settled last, for who listens to the page. */
  readonly told: string;
}

const EMPTY: ShelfState = { uploads: [], documents: [], loaded: false, failure: '', remark: '', told: '' };
const PAGE = 200;
const MOST = 2_000;

/** The documents of one collection: what is there, what comes, and how far each is. */
export class Shelf extends Asking<ShelfState> {
  private readonly uploads: Uploads;
  private readonly watches: Watches;
  private ready: Promise<void> | undefined;
  private readonly remarks = new Remarks();

  /** @param prepare makes the collection and whatever else the first file needs */
  constructor(readonly collectionId: string, private readonly documents: Documents, send: Send, private readonly prepare: () => Promise<void>) {
    super(EMPTY, 'The documents');
    this.uploads = new Uploads(async (file, progress, stop) => {
      await this.prepared();
      return send(file, progress, stop);
    }, (answer) => this.kept(answer), () => this.change({ uploads: this.uploads.list() }));
    this.watches = new Watches(
      (documentId, signal) => documents.watchDocument({ documentId }, { signal, timeoutMs: 0 }),
      (id, progress) => this.progressed(id, progress),
      (id) => void this.refresh(id),
    );
  }

  /** Reads what is there; safe to call again. */
  async load(): Promise<void> {
    await this.attempt(async () => {
      const all: Document[] = [];
      let pageToken = '';
      do {
        const page = await this.documents.listDocuments({ pageSize: PAGE, pageToken, filter: { collectionIds: [this.collectionId] } });
        all.push(...page.documents);
        pageToken = page.nextPageToken;
      } while (pageToken && all.length < MOST);
      this.show(all);
      this.change({ loaded: true });
    });
  }

  /** Takes files in; `passedOver` are named in the remark. */
  add(picked: Picked): void {
    this.change({ remark: this.remarks.picked(picked) });
    this.uploads.add(picked.files);
  }

  retryUpload(key: number): void {
    this.uploads.retry(key);
  }

  cancelUpload(key: number): void {
    this.uploads.cancel(key);
  }

  rename(document: Document, displayName: string): Promise<boolean> {
    return this.update({ ...document, displayName }, 'display_name');
  }

  tag(document: Document, tags: readonly string[]): Promise<boolean> {
    return this.update({ ...document, tags: [...tags] }, 'tags');
  }

  /** Corrects the class; a person is certain. */
  classify(document: Document, label: string): Promise<boolean> {
    return this.update({ ...document, classification: { $typeName: 'parley.document.v1.Classification', label, confidence: 1 } }, 'classification');
  }

  /** Reads it again, with the collection's settings of now. */
  async reprocess(documentId: string): Promise<boolean> {
    return this.attempt(async () => this.put((await this.documents.reprocessDocument({ documentId })).document));
  }

  async remove(documentId: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.documents.deleteDocument({ documentId });
      this.show(this.state.documents.filter((d) => d.id !== documentId));
    });
  }

  async loadCollection(): Promise<void> {
    await this.attempt(async () => {
      const { collections } = await this.documents.listCollections({ pageSize: PAGE });
      this.change({ collection: collections.find((c) => c.id === this.collectionId) });
    });
  }

  /** Sets how documents are cut, and cuts those that are there again. */
  async cutAs(maxTokens: number, overlapTokens: number): Promise<boolean> {
    return this.attempt(async () => {
      const collection = { id: this.collectionId, chunks: { maxTokens, overlapTokens } };
      const answer = await this.documents.updateCollection({ collectionId: this.collectionId, collection, updateMask: { paths: ['chunks'] } });
      this.change({ collection: answer.collection });
      for (const { id, progress } of this.state.documents) if (progress?.stage === DocumentStage.READY) await this.reprocess(id);
    });
  }

  dismiss(): void {
    this.change({ failure: '', remark: '' });
  }

  close(): void {
    this.watches.close();
  }

  private prepared(): Promise<void> {
    this.ready ??= this.prepare().catch((error: unknown) => {
      this.ready = undefined;
      throw error;
    });
    return this.ready;
  }

  private async update(document: Document, path: string): Promise<boolean> {
    return this.attempt(async () => this.put((await this.documents.updateDocument({ documentId: document.id, document, updateMask: { paths: [path] } })).document));
  }

  private kept({ document, alreadyThere }: UploadDocumentResponse): void {
    if (alreadyThere) this.change({ remark: this.remarks.wasThere(document?.displayName ?? '') });
    this.put(document);
  }

  private progressed(id: string, progress: DocumentProgress): void {
    const documents = this.state.documents.map((d) => (d.id === id ? { ...d, progress } : d));
    const settled = isSettledAt(progress) ? documents.find((d) => d.id === id) : undefined;
    this.change(settled ? { documents, told: `${settled.displayName}: ${stageWords(settled)}` } : { documents });
  }

  private async refresh(documentId: string): Promise<void> {
    try {
      this.put((await this.documents.getDocument({ documentId })).document);
    } catch (error) {
      if (ConnectError.from(error).code === Code.NotFound) this.show(this.state.documents.filter((d) => d.id !== documentId));
    }
  }

  private put(document: Document | undefined): void {
    if (!document) return;
    const known = this.state.documents.some((d) => d.id === document.id);
    this.show(known ? this.state.documents.map((d) => (d.id === document.id ? document : d)) : [document, ...this.state.documents]);
  }

  private show(documents: readonly Document[]): void {
    this.change({ documents });
    this.watches.follow(documents);
  }
}

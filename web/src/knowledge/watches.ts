import { Code, ConnectError } from '@connectrpc/connect';
import type { Document, DocumentProgress } from '../gen/parley/document/v1/document_pb.js';
import { isSettled, isSettledAt } from './words';

/** Follows one document until it is ready or has failed. */
export type Watch = (documentId: string, stop: AbortSignal) => AsyncIterable<{ progress?: DocumentProgress }>;

/** A browser opens six connections to a server at most; calls and the page's pictures need some. */
const AT_ONCE = 2;
const PAUSE_MS = 1_500;

/**
 * Watches the oldest documents that are not settled; the next when one is. What waits behind them is
 * not read by the server yet either.
 */
export class Watches {
  private readonly open = new Map<string, AbortController>();
  private wanted: readonly string[] = [];

  /**
   * @param told hears of progress
   * @param ended hears that nothing more is to be watched of a document: settled, or not there
   */
  constructor(private readonly watch: Watch, private readonly told: (id: string, progress: DocumentProgress) => void, private readonly ended: (id: string) => void) {}

  /** Which documents there are, newest first. */
  follow(documents: readonly Document[]): void {
    this.wanted = documents.filter((d) => !isSettled(d)).map((d) => d.id).reverse();
    for (const [id, stop] of this.open) if (!this.wanted.includes(id)) stop.abort();
    for (const id of this.wanted) {
      if (this.open.size >= AT_ONCE) return;
      if (!this.open.has(id)) void this.run(id);
    }
  }

  close(): void {
    this.wanted = [];
    for (const stop of this.open.values()) stop.abort();
  }

  private async run(id: string): Promise<void> {
    const stop = new AbortController();
    this.open.set(id, stop);
    while (!stop.signal.aborted && !(await this.toItsEnd(id, stop.signal))) {
      await new Promise((done) => setTimeout(done, PAUSE_MS));
    }
    this.open.delete(id);
    if (!stop.signal.aborted) this.ended(id);
  }

  /** Whether the document is settled or gone; otherwise it is worth asking again. */
  private async toItsEnd(id: string, stop: AbortSignal): Promise<boolean> {
    let settled = false;
    try {
      for await (const { progress } of this.watch(id, stop)) {
        if (progress && !stop.aborted) this.told(id, progress);
        settled = isSettledAt(progress);
      }
    } catch (error) {
      return ConnectError.from(error).code === Code.NotFound;
    }
    return settled;
  }
}

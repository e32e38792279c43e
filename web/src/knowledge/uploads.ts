import { ConnectError } from '@connectrpc/connect';
import type { UploadDocumentResponse } from '../gen/parley/document/v1/document_service_pb.js';
import { LARGEST_BYTES, troubleOf, type Trouble } from './words';

/** A file on its way to the server. */
export interface Upload {
  readonly key: number;
  readonly name: string;
  readonly sizeBytes: number;
  readonly sentBytes: number;
  readonly state: 'waiting' | 'sending' | 'failed';
  readonly trouble?: Trouble;
}

/** Sends a file; `progress` is told the bytes that are gone. Rejects with an {@link UploadFailure}. */
export type Send = (file: File, progress: (sentBytes: number) => void, stop: AbortSignal) => Promise<UploadDocumentResponse>;

/** Why a file was not taken. */
export class UploadFailure extends Error {
  constructor(readonly reason: string, message: string) {
    super(message);
  }
}

interface Job {
  upload: Upload;
  readonly file: File;
  readonly stop: AbortController;
}

const AT_ONCE = 2;

/** Sends files two at a time, in the order they came. Kept ones leave the list. */
export class Uploads {
  private jobs: Job[] = [];
  private keys = 0;

  /** @param changed is told of every change */
  constructor(private readonly send: Send, private readonly kept: (answer: UploadDocumentResponse) => void, private readonly changed: () => void) {}

  list(): readonly Upload[] {
    return this.jobs.map((j) => j.upload);
  }

  add(files: readonly File[]): void {
    for (const file of files) {
      const upload: Upload = { key: ++this.keys, name: file.name, sizeBytes: file.size, sentBytes: 0, state: 'waiting' };
      this.jobs.push({ upload: refused(upload), file, stop: new AbortController() });
    }
    this.changed();
    this.pump();
  }

  /** Sends one that failed again. */
  retry(key: number): void {
    const old = this.jobs.find((j) => j.upload.key === key);
    if (!old || old.upload.state !== 'failed') return;
    this.drop(old);
    this.add([old.file]);
  }

  /** Stops one, or takes one that failed off the list. */
  cancel(key: number): void {
    const job = this.jobs.find((j) => j.upload.key === key);
    if (!job) return;
    job.stop.abort();
    this.drop(job);
    this.pump();
  }

  private pump(): void {
    const sending = this.jobs.filter((j) => j.upload.state === 'sending').length;
    const next = this.jobs.filter((j) => j.upload.state === 'waiting').slice(0, Math.max(0, AT_ONCE - sending));
    for (const job of next) void this.run(job);
  }

  private async run(job: Job): Promise<void> {
    this.update(job, { state: 'sending' });
    try {
      const answer = await this.send(job.file, (sentBytes) => this.update(job, { sentBytes }), job.stop.signal);
      this.drop(job);
      this.kept(answer);
    } catch (error) {
      if (!job.stop.signal.aborted) this.update(job, { state: 'failed', trouble: troubleBy(error) });
    }
    this.pump();
  }

  private update(job: Job, part: Partial<Upload>): void {
    job.upload = { ...job.upload, ...part };
    this.changed();
  }

  private drop(job: Job): void {
    this.jobs = this.jobs.filter((j) => j !== job);
    this.changed();
  }
}

/** What the page knows without asking the server. */
function refused(upload: Upload): Upload {
  if (upload.sizeBytes > LARGEST_BYTES) return { ...upload, state: 'failed', trouble: troubleOf('TOO_LARGE', '') };
  if (upload.sizeBytes > 0) return upload;
  return { ...upload, state: 'failed', trouble: { title: 'The file is empty', advice: 'There is nothing in it to read.', final: true } };
}

function troubleBy(error: unknown): Trouble {
  return error instanceof UploadFailure ? troubleOf(error.reason, error.message) : troubleOf('', ConnectError.from(error).rawMessage);
}

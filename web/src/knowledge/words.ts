import { DocumentFormat, DocumentStage, type Document, type DocumentProgress } from '../gen/parley/document/v1/document_pb.js';

/** Something that went wrong, and what to do about it. */
export interface Trouble {
  readonly title: string;
  readonly advice: string;
  /** The same file would meet it again. */
  readonly final?: boolean;
}

/** The largest file the server takes, in bytes. */
export const LARGEST_BYTES = 512 * 1024 * 1024;

const TROUBLES: Record<string, Trouble> = {
  TOO_LARGE: { title: 'Too large', advice: 'A file may have up to 512 MB, and no more than the server is set to read. Split it into parts.', final: true },
  DOCUMENT_UNREADABLE: { title: 'It cannot be read', advice: 'It is damaged, or not a PDF, DOCX, Markdown, HTML or text file. Open it in its own program and save it anew.', final: true },
  DOCUMENT_ENCRYPTED: { title: 'It is locked with a password', advice: 'Save a copy without a password and add that.', final: true },
  DOCUMENT_HAS_NO_TEXT: { title: 'It holds pictures only, no text', advice: 'It was scanned. Add a copy with text, or install tesseract on the server and try again.' },
  DEADLINE_EXCEEDED: { title: 'Reading it took too long', advice: 'Try again when the server has less to do, or split the file.' },
  OVERLOADED: { title: 'The server has much to do', advice: 'Try again in a minute.' },
  UNAVAILABLE: { title: 'The server does not answer', advice: 'Try again in a moment.' },
};

/** What a reason means to a person; the server's own words where there are no better ones. */
export function troubleOf(reason: string, message: string): Trouble {
  return TROUBLES[reason] ?? { title: message || 'It did not work', advice: 'Try again.' };
}

/** What a document is at, in words. */
export function stageWords(document: Document): string {
  const { stage, done, total, attempts } = document.progress ?? { stage: DocumentStage.UNSPECIFIED, done: 0, total: 0, attempts: 0 };
  const unit = paged(document) ? 'page' : 'part';
  const again = attempts > 1 ? ` · attempt ${attempts}` : '';
  switch (stage) {
    case DocumentStage.STORED: return `Waiting to be read${again}`;
    case DocumentStage.READING: return `Reading${counted(unit, done, total)}${again}`;
    case DocumentStage.DESCRIBING: return `Finding out what it is${again}`;
    case DocumentStage.CHUNKING: return `Cutting into passages${again}`;
    case DocumentStage.INDEXING: return `Learning${counted('passage', done, total)}${again}`;
    case DocumentStage.READY: return 'Ready';
    case DocumentStage.FAILED: return troubleOf(document.progress?.failureReason ?? '', document.progress?.failure ?? '').title;
    default: return 'Waiting';
  }
}

function counted(unit: string, done: number, total: number): string {
  const number = (n: number): string => n.toLocaleString('en');
  if (total > 0) return ` ${unit} ${number(Math.min(done, total))} of ${number(total)}`;
  return done > 0 ? ` ${unit} ${number(done)}` : '';
}

// Where each stage begins and ends on the bar; how long they take differs from file to file.
const SHARES: Partial<Record<DocumentStage, readonly [number, number]>> = {
  [DocumentStage.STORED]: [0.02, 0.02],
  [DocumentStage.READING]: [0.02, 0.45],
  [DocumentStage.DESCRIBING]: [0.45, 0.5],
  [DocumentStage.CHUNKING]: [0.5, 0.55],
  [DocumentStage.INDEXING]: [0.55, 1],
  [DocumentStage.READY]: [1, 1],
};

/** How far a document is, 0 to 1. */
export function shareOf(progress: DocumentProgress | undefined): number {
  const [from, to] = SHARES[progress?.stage ?? DocumentStage.UNSPECIFIED] ?? [0, 0];
  const within = progress && progress.total > 0 ? Math.min(1, progress.done / progress.total) : 0;
  return from + (to - from) * within;
}

/** Whether nothing more happens to it by itself. */
export function isSettled(document: Document): boolean {
  return isSettledAt(document.progress);
}

export function isSettledAt(progress: DocumentProgress | undefined): boolean {
  return progress?.stage === DocumentStage.READY || progress?.stage === DocumentStage.FAILED;
}

/** Whether its pages are those of paper, with pictures. */
export function paged(document: Document): boolean {
  return document.format === DocumentFormat.PDF || document.format === DocumentFormat.UNSPECIFIED;
}

const FORMATS: Record<DocumentFormat, string> = {
  [DocumentFormat.UNSPECIFIED]: 'File', [DocumentFormat.PDF]: 'PDF', [DocumentFormat.DOCX]: 'DOCX', [DocumentFormat.TXT]: 'Text',
  [DocumentFormat.MARKDOWN]: 'Markdown', [DocumentFormat.HTML]: 'HTML',
};

/** `PDF · 240 pages · 3.1 MB`. */
export function factsOf(document: Document): string {
  const pages = document.metadata?.pageCount ?? 0;
  const facts = [FORMATS[document.format] ?? 'File', pages > 0 && `${pages.toLocaleString('en')} ${pages === 1 ? 'page' : 'pages'}`, sizeOf(Number(document.sizeBytes))];
  return facts.filter(Boolean).join(' · ');
}

export function formatOf(document: Document): string {
  return FORMATS[document.format] ?? 'File';
}

/** Bytes as people read them. */
export function sizeOf(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`;
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'KB'] : bytes < 1e9 ? [bytes / 1e6, 'MB'] : [bytes / 1e9, 'GB'];
  return `${value < 10 ? value.toFixed(1) : Math.round(value)} ${unit}`;
}

/** `page 12`, with the number printed on it where that is another: `page 12 (printed iv)`; `part 3` of what has no pages. */
export function pageWords(page: number, label: string, document?: Document): string {
  if (document && !paged(document)) return `part ${page}`;
  return label && label !== String(page) ? `page ${page} (printed ${label})` : `page ${page}`;
}

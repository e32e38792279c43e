/** What was dropped or chosen: files to take, and names of those passed over. */
export interface Picked {
  readonly files: readonly File[];
  readonly passedOver: readonly string[];
}

/** Kinds of files that documents may be, for the file chooser and for folders. */
export const ACCEPTED = ['.pdf', '.docx', '.txt', '.text', '.md', '.markdown', '.html', '.htm'];

const MOST = 5_000;

/**
 * The files of a drop, folders walked through. Call it within the drop event: what was dropped is
 * only to be had then. Of a folder only kinds that can be read are taken; a file by itself is always
 * taken, and the server says what is wrong with it.
 */
export async function droppedFiles(transfer: DataTransfer): Promise<Picked> {
  const entries = Array.from(transfer.items, (item) => (item.kind === 'file' ? item.webkitGetAsEntry?.() : null));
  const plain = Array.from(transfer.files);
  if (!entries.some((e) => e?.isDirectory)) return { files: plain, passedOver: [] };
  const found: File[] = [];
  for (const entry of entries) {
    if (entry) await walk(entry, found);
  }
  const alone = new Set(entries.filter((e) => e?.isFile).map((e) => e?.name));
  return chosenFiles(found, (file) => alone.has(file.name));
}

/** Of the files of a folder those that can be read; hidden ones are not worth a word. */
export function chosenFiles(files: Iterable<File>, always: (file: File) => boolean = () => false): Picked {
  const visible = [...files].filter((f) => !isHidden(f.name));
  const taken = (f: File): boolean => always(f) || ACCEPTED.some((kind) => f.name.toLowerCase().endsWith(kind));
  return { files: visible.filter(taken), passedOver: visible.filter((f) => !taken(f)).map((f) => f.name) };
}

/** Whether a drag carries files, not text or a picture of the page. */
export function carriesFiles(transfer: DataTransfer | null): boolean {
  return transfer !== null && Array.from(transfer.types).includes('Files');
}

function isHidden(name: string): boolean {
  return name.startsWith('.') || name.startsWith('~$') || name === 'Thumbs.db' || name === 'desktop.ini';
}

async function walk(entry: FileSystemEntry, found: File[]): Promise<void> {
  if (found.length >= MOST) return;
  if (entry.isFile) {
    found.push(await new Promise<File>((done, fail) => (entry as FileSystemFileEntry).file(done, fail)));
  } else if (entry.isDirectory && !isHidden(entry.name)) {
    for (const child of await children(entry as FileSystemDirectoryEntry)) await walk(child, found);
  }
}

/** A reader gives a hundred at a time, then none. */
async function children(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((done, fail) => reader.readEntries(done, fail));
    if (some.length === 0) return all;
    all.push(...some);
  }
}

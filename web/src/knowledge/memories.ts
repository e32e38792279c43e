import { Code, ConnectError, type Client } from '@connectrpc/connect';
import { timestampDate, type Timestamp } from '@bufbuild/protobuf/wkt';
import { toJson } from '@bufbuild/protobuf';
import { ErasureState, type Erasure, type PrivacyService } from '../gen/parley/conversation/v1/privacy_service_pb.js';
import { FactKind, ItemKind, ItemSchema, type Item, type RecollectionService } from '../gen/parley/memory/v1/recollection_service_pb.js';
import { Asking } from '../state/asking';
import { randomId } from '../state/random';

export type Recollections = Client<typeof RecollectionService>;
export type Privacy = Client<typeof PrivacyService>;

/** What to show: items of a kind, or those that fit words. */
export interface Wanted {
  /** Empty for all. */
  readonly characterId: string;
  readonly kind: ItemKind;
  readonly query: string;
}

export interface MemoriesState {
  readonly wanted: Wanted;
  /** Newest first; of a search best first. */
  readonly items: readonly Item[];
  readonly loaded: boolean;
  readonly more: boolean;
  readonly failure: string;
}

const PAGE = 50;
const FOUND = 50;

/** What characters remember of the person. */
export class Memories extends Asking<MemoriesState> {
  private asked = 0;
  private pageToken = '';

  constructor(private readonly recollections: Recollections, characterId: string) {
    super({ wanted: { characterId, kind: ItemKind.UNSPECIFIED, query: '' }, items: [], loaded: false, more: false, failure: '' }, 'The memories');
  }

  /** Shows something else; a later wish overtakes an earlier one. */
  async want(part: Partial<Wanted>): Promise<void> {
    this.change({ wanted: { ...this.state.wanted, ...part } });
    this.pageToken = '';
    await this.read([]);
  }

  async readMore(): Promise<void> {
    await this.read(this.state.items);
  }

  correct(item: Item, text: string): Promise<boolean> {
    return this.update({ ...item, text }, 'text');
  }

  pin(item: Item, pinned: boolean): Promise<boolean> {
    return this.update({ ...item, pinned }, 'pinned');
  }

  async forget(itemId: string): Promise<boolean> {
    return this.attempt(async () => {
      await this.recollections.deleteItem({ itemId }).catch(ignoreGone);
      this.change({ items: this.state.items.filter((i) => i.id !== itemId) });
    });
  }

  /** All of them with their history, as JSON text. */
  async export(): Promise<string> {
    const items = [];
    for await (const { item } of this.recollections.exportItems({ characterId: this.state.wanted.characterId }, { timeoutMs: 0 })) {
      if (item) items.push(toJson(ItemSchema, item));
    }
    return `${JSON.stringify({ items }, null, 2)}\n`;
  }

  private async read(before: readonly Item[]): Promise<void> {
    const asked = ++this.asked;
    await this.attempt(async () => {
      const found = await this.ask(this.state.wanted);
      if (asked !== this.asked) return;
      this.pageToken = found.next;
      this.change({ items: [...before, ...found.items], loaded: true, more: found.next !== '' });
    });
  }

  private async ask({ characterId, kind, query }: Wanted): Promise<{ items: Item[]; next: string }> {
    const words = query.trim();
    if (!words) {
      const { items, nextPageToken } = await this.recollections.listItems({ characterId, kind, pageSize: PAGE, pageToken: this.pageToken });
      return { items, next: nextPageToken };
    }
    const { items } = await this.recollections.searchItems({ query: words, characterId, limit: FOUND });
    const fitting = items.flatMap((s) => (s.item && (kind === ItemKind.UNSPECIFIED || s.item.kind === kind) ? [s.item] : []));
    return { items: fitting, next: '' };
  }

  private async update(item: Item, path: string): Promise<boolean> {
    return this.attempt(async () => {
      const changed = (await this.recollections.updateItem({ itemId: item.id, item, updateMask: { paths: [path] } })).item;
      if (changed) this.change({ items: this.state.items.map((i) => (i.id === changed.id ? changed : i)) });
    });
  }
}

function ignoreGone(error: unknown): void {
  if (ConnectError.from(error).code !== Code.NotFound) throw error;
}

/** Erases everything about the person; `told` hears how far it is. Ends when everything is gone. */
export async function forgetEverything(privacy: Privacy, told: (erasure: Erasure) => void, pauseMs = 500): Promise<Erasure> {
  let { erasure } = await privacy.forgetMe({ requestId: randomId() });
  for (;;) {
    if (!erasure) throw new ConnectError('the server said nothing of the erasure', Code.Internal);
    told(erasure);
    if (erasure.state === ErasureState.DONE) return erasure;
    await new Promise((done) => setTimeout(done, pauseMs));
    erasure = (await privacy.getErasure({ erasureId: erasure.id }).catch(patient(erasure))).erasure;
  }
}

/** It goes on by itself at the server, also when that does not answer for a moment. */
function patient(erasure: Erasure): (error: unknown) => { erasure: Erasure } {
  return (error) => {
    const { code } = ConnectError.from(error);
    if (code === Code.NotFound) throw error;
    // The account went last, and with it the right to ask.
    return { erasure: code === Code.Unauthenticated ? { ...erasure, state: ErasureState.DONE } : erasure };
  };
}

/** What an item is, in a word. */
export function kindWords(item: Item): string {
  if (item.kind === ItemKind.TURN) return 'You said';
  if (item.kind === ItemKind.SUMMARY) return 'Summary';
  return FACTS[item.factKind] ?? 'About you';
}

const FACTS: Partial<Record<FactKind, string>> = {
  [FactKind.NAME]: 'Name', [FactKind.LIKE]: 'Likes', [FactKind.PERSON]: 'Person', [FactKind.PLACE]: 'Place', [FactKind.PLAN]: 'Plan',
};

/** `today, 14:05`, `3 May` or `3 May 2025`. */
export function whenWords(time: Timestamp | undefined, now = new Date()): string {
  if (!time) return '';
  const at = timestampDate(time);
  if (at.toDateString() === now.toDateString()) return `today, ${new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' }).format(at)}`;
  const year = at.getFullYear() === now.getFullYear() ? undefined : 'numeric';
  return new Intl.DateTimeFormat(undefined, { day: 'numeric', month: 'short', year }).format(at);
}

import { Code, ConnectError, type ConnectRouter } from '@connectrpc/connect';
import { create, type MessageInitShape } from '@bufbuild/protobuf';
import { timestampFromDate } from '@bufbuild/protobuf/wkt';
import { ErasureState, PrivacyService } from '../src/gen/parley/conversation/v1/privacy_service_pb.js';
import { ItemSchema, RecollectionService, type Item } from '../src/gen/parley/memory/v1/recollection_service_pb.js';

/** Memories that speak the contract; nothing of it ships. */
export class FakeMemory {
  items: Item[] = [];
  private asked = 0;

  put(part: MessageInitShape<typeof ItemSchema>): Item {
    const item = create(ItemSchema, { id: `item-${this.items.length + 1}`, characterId: 'ada', importance: 0.6, time: timestampFromDate(new Date()), ...part });
    this.items.unshift(item);
    return item;
  }

  routes(router: ConnectRouter): void {
    const memory = this;
    router.service(RecollectionService, {
      listItems: ({ characterId, kind }) => ({ items: this.of(characterId).filter((i) => !kind || i.kind === kind) }),
      searchItems: ({ query, characterId }) => ({
        items: this.of(characterId).filter((i) => i.text.toLowerCase().includes(query.toLowerCase())).map((item) => ({ item, score: 1.4, relevance: 0.7, recency: 0.9 })),
      }),
      updateItem: ({ itemId, item, updateMask }) => ({ item: this.update(itemId, item!, updateMask!.paths[0]!) }),
      deleteItem: ({ itemId }) => {
        this.find(itemId);
        this.items = this.items.filter((i) => i.id !== itemId);
        return {};
      },
      async *exportItems({ characterId }) {
        for (const item of memory.of(characterId)) yield { item };
      },
    });
    router.service(PrivacyService, {
      async *exportMe() {
        for (const item of memory.items) yield { piece: { case: 'memory' as const, value: item } };
      },
      forgetMe: () => {
        this.asked = 0;
        return { erasure: { id: 'erasure-1', state: ErasureState.RUNNING, removals: [{ what: 'sessions', count: 4n }] } };
      },
      getErasure: () => {
        const done = ++this.asked > 2;
        const count = BigInt(this.items.length);
        if (done) this.items = [];
        const removals = [{ what: 'sessions', count: 4n }, { what: 'turns', count: 31n }, { what: 'media', count: 31n }, ...(done ? [{ what: 'memories', count }, { what: 'embedding cache', count: 56n }] : [])];
        return { erasure: { id: 'erasure-1', state: done ? ErasureState.DONE : ErasureState.RUNNING, removals } };
      },
    });
  }

  private of(characterId: string): Item[] {
    return this.items.filter((i) => !characterId || i.characterId === characterId);
  }

  private find(id: string): Item {
    const item = this.items.find((i) => i.id === id);
    if (!item) throw new ConnectError(`nothing remembered is called ${id}`, Code.NotFound);
    return item;
  }

  private update(id: string, item: Item, path: string): Item {
    const old = this.find(id);
    const changed = path === 'pinned' ? { ...old, pinned: item.pinned } : { ...old, text: item.text, turnId: '', history: [{ ...old.history[0]!, $typeName: 'parley.memory.v1.EarlierText' as const, text: old.text, turnId: old.turnId, time: old.time }, ...old.history] };
    this.items = this.items.map((i) => (i.id === id ? changed : i));
    return changed;
  }
}

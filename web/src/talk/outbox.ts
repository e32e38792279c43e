import { create } from '@bufbuild/protobuf';
import { ClientEventSchema, type ClientEvent } from '../gen/parley/conversation/v1/event_pb.js';
import type { ClientInput } from './connection';

/** What the server has not taken yet, numbered; it is sent again on every new connection. */
export class Outbox {
  private waiting: ClientEvent[] = [];

  /** @param count how many were numbered before, by the page that was here before this one */
  constructor(public count = 0n) {}

  add(event: ClientInput): ClientEvent {
    const message = create(ClientEventSchema, { clientSeq: ++this.count, event });
    this.waiting.push(message);
    return message;
  }

  /** The server has all up to this number. */
  taken(upTo: bigint): void {
    this.waiting = this.waiting.filter((e) => e.clientSeq > upTo);
    if (upTo > this.count) this.count = upTo;
  }

  clear(): void {
    this.waiting = [];
  }

  all(): readonly ClientEvent[] {
    return this.waiting;
  }
}

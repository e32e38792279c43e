import { create } from '@bufbuild/protobuf';
import type { Client } from '@connectrpc/connect';
import { ClientEventSchema, type ClientEvent, type ServerEvent, type SessionStart } from '../gen/parley/conversation/v1/event_pb.js';
import type { ConversationService } from '../gen/parley/conversation/v1/conversation_service_pb.js';
import { Pulled, type Attachment } from './attachment.js';

/** Events on their way up. */
class Outgoing implements AsyncIterable<ClientEvent> {
  private readonly queue: ClientEvent[] = [];
  private wake: () => void = () => undefined;
  private closed = false;

  put(event: ClientEvent): void {
    this.queue.push(event);
    this.wake();
  }

  close(): void {
    this.closed = true;
    this.wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ClientEvent> {
    while (!this.closed) {
      const event = this.queue.shift();
      if (event) yield event;
      else await new Promise<void>((resolve) => (this.wake = resolve));
    }
  }
}

/** gRPC: Converse, one stream in each direction. */
export class StreamAttachment implements Attachment {
  private readonly out = new Outgoing();
  private readonly leaving = new AbortController();
  private readonly pulled: Pulled;

  constructor(client: Client<typeof ConversationService>, start: SessionStart) {
    this.out.put(create(ClientEventSchema, { event: { case: 'sessionStart', value: start } }));
    const events: AsyncIterable<ServerEvent> = client.converse(this.out, { signal: this.leaving.signal });
    this.pulled = new Pulled(events[Symbol.asyncIterator]());
  }

  next(limitMs: number): Promise<ServerEvent | undefined> {
    return this.pulled.next(limitMs);
  }

  async send(event: ClientEvent): Promise<void> {
    this.out.put(event);
  }

  close(): void {
    this.leaving.abort();
    this.out.close();
  }
}

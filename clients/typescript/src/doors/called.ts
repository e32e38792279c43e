import { create } from '@bufbuild/protobuf';
import {
  ConversationService,
  OpenSessionRequestSchema,
  SubscribeRequestSchema,
  type SubscribeRequest,
} from '../gen/parley/conversation/v1/conversation_service_pb.js';
import { ServerEventSchema, type ClientEvent, type ServerEvent, type SessionStart } from '../gen/parley/conversation/v1/event_pb.js';
import { Pulled, type Attachment } from './attachment.js';
import type { Calls } from './calls.js';

/** gRPC-Web and REST: OpenSession, SendInput, Subscribe. */
export class CalledAttachment implements Attachment {
  private readonly leaving = new AbortController();
  private readonly pulled: Pulled;

  private constructor(
    private readonly calls: Calls,
    private readonly request: SubscribeRequest,
    private readonly started: ServerEvent | undefined,
  ) {
    this.pulled = new Pulled(this.events());
  }

  static async open(calls: Calls, start: SessionStart): Promise<CalledAttachment> {
    const { resume, tiers } = start;
    if (resume) {
      const { sessionId, afterSeq } = resume;
      return new CalledAttachment(calls, create(SubscribeRequestSchema, { sessionId, afterSeq, tiers, clientId: start.clientId }), undefined);
    }
    const asked = create(OpenSessionRequestSchema, { start, requestId: crypto.randomUUID() });
    const opened = await calls.call(ConversationService.method.openSession, asked, 'POST /v1/sessions');
    const value = opened.started!;
    const first = create(ServerEventSchema, { seq: opened.seq, event: { case: 'sessionStarted', value } });
    const { sessionId, clientId } = value;
    return new CalledAttachment(calls, create(SubscribeRequestSchema, { sessionId, clientId, tiers, afterSeq: opened.seq }), first);
  }

  /** The start is told once: by the answer to the opening call, or by the stream. */
  private async *events(): AsyncGenerator<ServerEvent> {
    if (this.started) yield this.started;
    for await (const event of this.calls.subscribe(this.request, this.leaving.signal)) {
      if (!this.started || event.event.case !== 'sessionStarted') yield event;
    }
  }

  next(limitMs: number): Promise<ServerEvent | undefined> {
    return this.pulled.next(limitMs);
  }

  async send(event: ClientEvent): Promise<void> {
    const { sessionId, clientId } = this.request;
    await this.calls.call(ConversationService.method.sendInput, { sessionId, clientId, events: [event] }, `POST /v1/sessions/${sessionId}:send`);
  }

  close(): void {
    this.leaving.abort();
  }
}

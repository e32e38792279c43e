import { create, fromJsonString, toJsonString, type DescMethodUnary, type MessageInitShape, type MessageShape, type DescMessage } from '@bufbuild/protobuf';
import { createClient, type Transport } from '@connectrpc/connect';
import { ConversationService, type SubscribeRequest } from '../gen/parley/conversation/v1/conversation_service_pb.js';
import { ServerEventSchema, Tier, TierSchema, type ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import { ParleyError } from '../errors.js';

/** Calls through one door. */
export interface Calls {
  /** `http` is method and path as REST has it, such as `GET /v1/turns/T?x=y`; other doors do not look at it. */
  call<I extends DescMessage, O extends DescMessage>(method: DescMethodUnary<I, O>, request: MessageInitShape<I>, http: string): Promise<MessageShape<O>>;
  subscribe(request: SubscribeRequest, signal: AbortSignal): AsyncIterable<ServerEvent>;
}

/** gRPC and gRPC-Web. */
export class RpcCalls implements Calls {
  constructor(private readonly transport: Transport) {}

  async call<I extends DescMessage, O extends DescMessage>(method: DescMethodUnary<I, O>, request: MessageInitShape<I>): Promise<MessageShape<O>> {
    try {
      return (await this.transport.unary(method, undefined, undefined, undefined, request)).message;
    } catch (thrown) {
      throw ParleyError.from(thrown);
    }
  }

  subscribe(request: SubscribeRequest, signal: AbortSignal): AsyncIterable<ServerEvent> {
    return createClient(ConversationService, this.transport).subscribe(request, { signal });
  }
}

/** JSON up, server-sent events down. */
export class RestCalls implements Calls {
  constructor(
    private readonly base: string,
    private readonly headers: Record<string, string>,
  ) {}

  async http(verb: string, path: string, body?: string, signal?: AbortSignal): Promise<Response> {
    try {
      const headers = body === undefined ? this.headers : { ...this.headers, 'content-type': 'application/json' };
      return await fetch(this.base + path, { method: verb, headers, body, signal });
    } catch (thrown) {
      throw ParleyError.unavailable(String(thrown));
    }
  }

  async call<I extends DescMessage, O extends DescMessage>(method: DescMethodUnary<I, O>, request: MessageInitShape<I>, http: string): Promise<MessageShape<O>> {
    const [verb, path] = http.split(' ') as [string, string];
    const body = verb === 'POST' || verb === 'PATCH' ? toJsonString(method.input, create(method.input, request)) : undefined;
    const answer = await this.http(verb, path, body);
    const text = await answer.text();
    if (!answer.ok) throw ParleyError.fromJson(answer.status, text) ?? ParleyError.unavailable(`HTTP ${answer.status}`);
    return fromJsonString(method.output, text, { ignoreUnknownFields: true });
  }

  async *subscribe(request: SubscribeRequest, signal: AbortSignal): AsyncGenerator<ServerEvent> {
    const query = new URLSearchParams({ after_seq: String(request.afterSeq), client_id: request.clientId });
    request.tiers.forEach((tier: Tier) => query.append('tiers', TierSchema.value[tier]!.name));
    const answer = await this.http('GET', `/v1/sessions/${request.sessionId}:subscribe?${query}`, undefined, signal);
    if (!answer.ok) throw ParleyError.fromJson(answer.status, await answer.text()) ?? ParleyError.unavailable(`HTTP ${answer.status}`);
    let over = false;
    for await (const line of lines(answer.body!)) {
      over ||= line === 'event: status';
      if (!line.startsWith('data: ')) continue;
      if (!over) {
        yield fromJsonString(ServerEventSchema, line.slice(6), { ignoreUnknownFields: true });
        continue;
      }
      const failure = ParleyError.fromJson(200, line.slice(6));
      if (failure) throw failure;
      return;
    }
    throw ParleyError.unavailable('the stream broke');
  }
}

async function* lines(body: ReadableStream<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let rest = '';
  try {
    for await (const bytes of body) {
      const parts = (rest + decoder.decode(bytes, { stream: true })).split('\n');
      rest = parts.pop()!;
      yield* parts;
    }
  } catch (thrown) {
    throw ParleyError.unavailable(`the stream broke: ${thrown}`);
  }
}

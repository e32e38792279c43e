import { create, type DescMessage, type DescMethodUnary, type DescService, type MessageInitShape, type MessageShape } from '@bufbuild/protobuf';
import { createClient, type Client, type Interceptor, type Transport } from '@connectrpc/connect';
import { createGrpcTransport, createGrpcWebTransport } from '@connectrpc/connect-node';
import { Conversation } from './conversation.js';
import type { Attachment } from './doors/attachment.js';
import { CalledAttachment } from './doors/called.js';
import { RestCalls, RpcCalls, type Calls } from './doors/calls.js';
import { SocketAttachment } from './doors/socket.js';
import { StreamAttachment } from './doors/stream.js';
import { ConversationService } from './gen/parley/conversation/v1/conversation_service_pb.js';
import { SessionStartSchema, type SessionStart } from './gen/parley/conversation/v1/event_pb.js';

/** The ways in. All of them lead to the same sessions, with the same numbers. */
export const DOORS = ['grpc', 'grpc-web', 'websocket', 'rest'] as const;
export type Door = (typeof DOORS)[number];

/**
 * A Parley server as one caller sees it. `credential` is an API key (`pk_…`) or an access token; without
 * one a server on this machine takes the caller as its owner.
 */
export class Parley {
  private readonly headers: Record<string, string>;
  private readonly transports: Record<'grpc' | 'grpc-web', Transport>;
  private readonly rest: RestCalls;

  constructor(
    readonly base = 'http://localhost:8080',
    credential = '',
  ) {
    this.headers = credential ? { authorization: `Bearer ${credential}` } : {};
    const calling: Interceptor = (next) => (request) => {
      Object.entries(this.headers).forEach(([name, value]) => request.header.set(name, value));
      return next(request);
    };
    const options = { baseUrl: base, interceptors: [calling] };
    this.transports = {
      grpc: createGrpcTransport(options),
      'grpc-web': createGrpcWebTransport({ ...options, httpVersion: '1.1' }),
    };
    this.rest = new RestCalls(base, this.headers);
  }

  /** A client of any service in the contracts. */
  client<S extends DescService>(service: S, door: 'grpc' | 'grpc-web' = 'grpc'): Client<S> {
    return createClient(service, this.transports[door]);
  }

  /** Talks to a character, or takes up a session where `start` has `resume`. Throws ParleyError. */
  converse(start: MessageInitShape<typeof SessionStartSchema>, door: Door = 'grpc'): Promise<Conversation> {
    return Conversation.open((again) => this.attach(door, again), create(SessionStartSchema, start));
  }

  private async attach(door: Door, start: SessionStart): Promise<Attachment> {
    switch (door) {
      case 'grpc':
        return new StreamAttachment(this.client(ConversationService), start);
      case 'websocket':
        return SocketAttachment.open(this.base, this.headers, start);
      default:
        return CalledAttachment.open(this.calls(door), start);
    }
  }

  private calls(door: Door): Calls {
    return door === 'grpc' || door === 'grpc-web' ? new RpcCalls(this.transports[door]) : this.rest;
  }

  /** One call through a door; `http` is its REST form, such as `GET /v1/turns/T`. */
  call<I extends DescMessage, O extends DescMessage>(
    method: DescMethodUnary<I, O>,
    request: MessageInitShape<I>,
    http: string,
    door: Door = 'grpc',
  ): Promise<MessageShape<O>> {
    return this.calls(door).call(method, request, http);
  }

  /** Plain HTTP, for media and whatever has no stub. */
  http(verb: string, path: string, body?: string): Promise<Response> {
    return this.rest.http(verb, path, body);
  }
}

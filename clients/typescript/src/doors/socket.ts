import { create, fromBinary, toBinary } from '@bufbuild/protobuf';
import { WebSocket } from 'ws';
import { ClientEventSchema, ServerEventSchema, type ClientEvent, type ServerEvent, type SessionStart } from '../gen/parley/conversation/v1/event_pb.js';
import { CODES, ParleyError } from '../errors.js';
import { Pulled, type Attachment } from './attachment.js';

const FIRST_PRIVATE_CODE = 4000;
const NORMAL = 1000;
const EVENTS = 64;

/** One event a binary frame. A failed conversation closes with 4000 + its code and `REASON: message`. */
export class SocketAttachment implements Attachment {
  private readonly arrived: ServerEvent[] = [];
  private readonly pulled = new Pulled(this.events());
  private end: { failure?: ParleyError } | undefined;
  private wake: () => void = () => undefined;

  private constructor(private readonly socket: WebSocket) {
    socket.on('message', (data: Buffer) => {
      this.arrived.push(fromBinary(ServerEventSchema, data));
      if (this.arrived.length >= EVENTS) socket.pause();
      this.wake();
    });
    socket.on('close', (code: number, reason: Buffer) => this.ended(failureOf(code, reason.toString())));
    socket.on('error', (error: Error) => this.ended(ParleyError.unavailable(`the socket broke: ${error.message}`)));
  }

  static async open(base: string, headers: Record<string, string>, start: SessionStart): Promise<SocketAttachment> {
    const socket = new WebSocket(`${base.replace(/^http/, 'ws')}/v1/sessions:connect`, 'parley.v1', { headers });
    const attachment = new SocketAttachment(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', (error) => reject(ParleyError.unavailable(`no socket: ${error.message}`)));
    });
    await attachment.send(create(ClientEventSchema, { event: { case: 'sessionStart', value: start } }));
    return attachment;
  }

  private ended(failure: ParleyError | undefined): void {
    this.end ??= { failure };
    this.wake();
  }

  private async *events(): AsyncGenerator<ServerEvent> {
    while (true) {
      const event = this.arrived.shift();
      if (event) {
        if (this.arrived.length === 0) this.socket.resume();
        yield event;
      } else if (this.end?.failure) {
        throw this.end.failure;
      } else if (this.end) {
        return;
      } else {
        await new Promise<void>((resolve) => (this.wake = resolve));
      }
    }
  }

  next(limitMs: number): Promise<ServerEvent | undefined> {
    return this.pulled.next(limitMs);
  }

  async send(event: ClientEvent): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.socket.send(toBinary(ClientEventSchema, event), (error) => (error ? void this.whyNot(error).then(reject) : resolve()));
    });
  }

  /** A server that refuses says why as it closes; a write may fail before that is heard. */
  private async whyNot(error: Error): Promise<ParleyError> {
    if (!this.end && this.socket.readyState === WebSocket.CLOSING) {
      await new Promise<void>((resolve) => this.socket.once('close', () => resolve()));
    }
    return this.end?.failure ?? ParleyError.unavailable(error.message);
  }

  close(): void {
    this.socket.terminate();
  }
}

function failureOf(code: number, reason: string): ParleyError | undefined {
  if (code > FIRST_PRIVATE_CODE) {
    const [name = '', ...message] = reason.split(': ');
    return ParleyError.of(CODES[code - FIRST_PRIVATE_CODE] ?? 'UNKNOWN', name, message.join(': '));
  }
  return code === NORMAL ? undefined : ParleyError.unavailable(`closed: ${code} ${reason}`);
}

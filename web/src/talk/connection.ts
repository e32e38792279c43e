import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import {
  ClientEventSchema,
  ServerEventSchema,
  SessionStartSchema,
  type ClientEvent,
  type ServerEvent,
} from '../gen/parley/conversation/v1/event_pb.js';
import { Reason } from '../gen/parley/type/v1/reason_pb.js';
import { Outbox } from './outbox';
import { browser, type Surroundings } from './surroundings';

export type Link = 'connecting' | 'live' | 'reconnecting' | 'closed';
export type ClientInput = NonNullable<MessageInitShape<typeof ClientEventSchema>['event']>;
export type StartInit = Omit<MessageInitShape<typeof SessionStartSchema>, '$typeName'>;

/** What it takes to come back to a session. */
export interface Session {
  readonly sessionId: string;
  readonly resumeToken: string;
  readonly clientId: string;
  /** Number of the last event received. */
  readonly lastSeq: bigint;
  /** How many inputs were counted. */
  readonly clientSeq: bigint;
}

const PING_MS = 8_000;
const SILENT_MS = 20_000;
const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 5_000;
/** Microphone chunks are dropped while more than this waits in the socket (about 2 s). */
const BACKLOG_BYTES = 64_000;
const STARTS_AFRESH: readonly Reason[] = [
  Reason.SESSION_NOT_FOUND,
  Reason.SESSION_ENDED,
  Reason.REPLAY_EXPIRED,
  Reason.RESUME_TOKEN_INVALID,
];

/**
 * One session over a WebSocket that is lost and comes back: remembers the last number received and
 * goes on after it; counted inputs are kept until the server has taken them and sent again.
 */
export class Connection {
  private socket: WebSocket | undefined;
  private session: Session;
  private readonly outbox: Outbox;
  private attempt = 0;
  /** Counts tries: one that was overtaken opens nothing. */
  private coming = 0;
  private heardAt = 0;
  private timer: unknown;
  private pinger: unknown;
  private done = false;
  /** The server has said what session this is. */
  private greeted = false;

  constructor(
    private readonly url: string,
    private start: StartInit,
    private readonly on: {
      event(event: ServerEvent): void;
      link(link: Link): void;
      /** The session could not be taken up again; a new one begins. */
      afresh(): void;
    },
    private readonly world: Surroundings = browser,
    session?: Session,
  ) {
    this.session = session ?? nowhere(start);
    this.outbox = new Outbox(session?.clientSeq);
  }

  connect(): void {
    this.on.link(this.attempt === 0 ? 'connecting' : 'reconnecting');
    if (this.world.tickets) void this.connectWith(this.world.tickets());
    else this.open([]);
  }

  /** Where the conversation is; without an id before it has begun. */
  whereabouts(): Session {
    return { ...this.session, clientSeq: this.outbox.count };
  }

  private async connectWith(tickets: Promise<readonly string[]>): Promise<void> {
    const coming = ++this.coming;
    const protocols = await tickets.catch(() => undefined);
    if (coming !== this.coming || this.done) return;
    if (protocols) this.open(protocols);
    else this.retryLater();
  }

  private open(tickets: readonly string[]): void {
    const socket = this.world.open(this.url, ['parley.v1', ...tickets]);
    this.socket = socket;
    socket.binaryType = 'arraybuffer';
    this.heardAt = this.world.now();
    socket.onopen = () => this.hello(socket);
    socket.onmessage = (m: MessageEvent<ArrayBuffer>) => this.take(new Uint8Array(m.data));
    socket.onclose = (e) => this.lost(socket, e.reason);
    this.watch(socket);
  }

  /** Sends what counts: kept and repeated until the server has it. */
  send(event: ClientInput): void {
    const message = this.outbox.add(event);
    if (this.isLive()) this.write(message);
  }

  /** Sends what is worth nothing later (audio, acks); dropped while there is no connection. */
  sendNow(event: ClientInput): void {
    if (!this.isLive()) return;
    if (event.case === 'audioChunk' && (this.socket?.bufferedAmount ?? 0) > BACKLOG_BYTES) return;
    this.write(create(ClientEventSchema, { event }));
  }

  /** Comes back on a new connection asking for something else (tiers), nothing lost. */
  restart(change: Partial<StartInit>): void {
    this.start = { ...this.start, ...change };
    this.retryNow();
  }

  /** Drops the connection, if any, and tries again at once. */
  retryNow(): void {
    if (this.done) return;
    this.drop();
    this.world.stop(this.timer);
    this.attempt = Math.max(1, this.attempt);
    this.connect();
  }

  close(): void {
    this.done = true;
    this.world.stop(this.timer);
    this.drop();
    this.on.link('closed');
  }

  private isLive(): boolean {
    return this.socket?.readyState === 1 && this.attempt === 0 && this.greeted;
  }

  private hello(socket: WebSocket): void {
    const { sessionId, resumeToken, lastSeq } = this.session;
    const resume = sessionId ? { sessionId, resumeToken, afterSeq: lastSeq } : undefined;
    const sessionStart = create(SessionStartSchema, { ...this.start, resume, greet: !resume && this.start.greet });
    socket.send(toBinary(ClientEventSchema, create(ClientEventSchema, { event: { case: 'sessionStart', value: sessionStart } })));
  }

  private take(bytes: Uint8Array): void {
    this.heardAt = this.world.now();
    const event = fromBinary(ServerEventSchema, bytes);
    if (event.event.case === 'sessionStarted') this.started(event);
    if (event.event.case === 'heartbeat') this.outbox.taken(event.event.value.takenClientSeq);
    if (event.event.case === 'goAway') return this.movedOn(event);
    if (event.event.case === 'problem' && event.seq === 0n && STARTS_AFRESH.includes(event.event.value.reason)) {
      return this.beginAfresh();
    }
    const old = event.seq > 0n && event.seq <= this.session.lastSeq;
    if (!old && event.seq > 0n) this.session = { ...this.session, lastSeq: event.seq };
    if (!old || event.event.case === 'sessionStarted') this.on.event(event);
  }

  private started(event: ServerEvent): void {
    if (event.event.case !== 'sessionStarted') return;
    const value = event.event.value;
    const clientId = value.clientId || this.session.clientId;
    this.session = { ...this.session, sessionId: value.sessionId, resumeToken: value.resumeToken || this.session.resumeToken, clientId };
    this.start = { ...this.start, clientId };
    this.attempt = 0;
    this.greeted = true;
    this.outbox.taken(value.takenClientSeq);
    this.on.link('live');
    for (const waiting of this.outbox.all()) this.write(waiting);
  }

  private movedOn(event: ServerEvent): void {
    this.on.event(event);
    this.retryNow();
  }

  private beginAfresh(): void {
    this.session = nowhere(this.start);
    this.outbox.clear();
    this.start = { ...this.start, greet: false };
    this.on.afresh();
    this.retryNow();
  }

  private lost(socket: WebSocket, reason: string): void {
    if (this.done || socket !== this.socket) return;
    this.world.stop(this.pinger);
    if (this.session.sessionId && STARTS_AFRESH.some((r) => reason.includes(Reason[r]!))) return this.beginAfresh();
    this.retryLater();
  }

  private retryLater(): void {
    this.attempt += 1;
    this.on.link('reconnecting');
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 1.7 ** (this.attempt - 1));
    this.timer = this.world.wait(() => this.connect(), longest * (0.75 + 0.5 * Math.random()));
  }

  /** Asks for a sign of life; a connection that gives none is given up. */
  private watch(socket: WebSocket): void {
    this.world.stop(this.pinger);
    this.pinger = this.world.wait(() => {
      if (socket !== this.socket || this.done) return;
      if (this.world.now() - this.heardAt > SILENT_MS) return this.retryNow();
      this.sendNow({ case: 'ping', value: {} });
      this.watch(socket);
    }, PING_MS);
  }

  private drop(): void {
    this.coming += 1;
    const socket = this.socket;
    this.socket = undefined;
    this.world.stop(this.pinger);
    if (socket) {
      socket.onopen = socket.onmessage = socket.onclose = null;
      socket.close();
    }
  }

  private write(event: ClientEvent): void {
    this.socket?.send(toBinary(ClientEventSchema, event));
  }
}

function nowhere(start: StartInit): Session {
  return { sessionId: '', resumeToken: '', clientId: start.clientId ?? '', lastSeq: 0n, clientSeq: 0n };
}

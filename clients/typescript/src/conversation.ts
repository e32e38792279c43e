import { clone, create, type MessageInitShape } from '@bufbuild/protobuf';
import type { Attachment } from './doors/attachment.js';
import { ParleyError } from './errors.js';
import {
  ClientEventSchema,
  ResumeSchema,
  SessionStartSchema,
  SessionStartedSchema,
  type ClientEvent,
  type ServerEvent,
  type SessionStart,
  type SessionStarted,
} from './gen/parley/conversation/v1/event_pb.js';

const TRIES = 9;
const FIRST_WAIT_MS = 50;
const LONGEST_WAIT_MS = 2000;
const COUNTED = new Set(['textInput', 'endOfInput', 'interrupt', 'toolResult', 'endSession']);

/**
 * A conversation that outlives its connections. When one breaks, it attaches again after the last number
 * it has, and sends again what the server had not taken: nothing is lost, nothing comes twice.
 */
export class Conversation implements AsyncIterable<ServerEvent> {
  private untaken: ClientEvent[] = [];
  private clientSeq = 0n;
  /** The last number received; what a later `resume` goes on after. */
  lastSeq: bigint;
  /** The session as last told; the start of it comes as the first event. */
  session: SessionStarted;

  private constructor(
    private readonly attach: (start: SessionStart) => Promise<Attachment>,
    private readonly start: SessionStart,
    private attachment: Attachment,
  ) {
    const { sessionId = '', resumeToken = '', afterSeq = 0n } = start.resume ?? {};
    this.lastSeq = afterSeq;
    this.session = create(SessionStartedSchema, { sessionId, resumeToken, clientId: start.clientId });
  }

  static async open(attach: (start: SessionStart) => Promise<Attachment>, start: SessionStart): Promise<Conversation> {
    return new Conversation(attach, start, await attach(start));
  }

  /**
   * The next event; undefined when the session is over. Throws ParleyError: DEADLINE_EXCEEDED when nothing
   * came for so long, else why the conversation cannot go on.
   */
  async next(limitMs = 60_000): Promise<ServerEvent | undefined> {
    while (true) {
      try {
        const event = await this.attachment.next(limitMs);
        if (event) this.take(event);
        return event;
      } catch (thrown) {
        const broken = ParleyError.from(thrown);
        if (!broken.resumable) throw broken;
        await this.comeBack(broken);
      }
    }
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<ServerEvent> {
    for (let event = await this.next(); event; event = await this.next()) yield event;
  }

  private take({ seq, event }: ServerEvent): void {
    if (seq > this.lastSeq) this.lastSeq = seq;
    if (event.case === 'sessionStarted') {
      const resumeToken = event.value.resumeToken || this.session.resumeToken; // A watcher is not told it again.
      this.session = { ...event.value, resumeToken };
      this.taken(event.value.takenClientSeq);
    } else if (event.case === 'heartbeat') {
      this.taken(event.value.takenClientSeq);
    }
  }

  private taken(highest: bigint): void {
    if (highest > this.clientSeq) this.clientSeq = highest;
    this.untaken = this.untaken.filter((event) => event.clientSeq > highest);
  }

  private async comeBack(broken: ParleyError): Promise<void> {
    this.attachment.close();
    for (let tried = 0; tried < TRIES; tried++) {
      await new Promise((resolve) => setTimeout(resolve, Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** tried)));
      try {
        this.attachment = await this.attach(this.again());
        for (const event of this.untaken) await this.attachment.send(event);
        return;
      } catch (thrown) {
        broken = ParleyError.from(thrown);
        if (!broken.resumable) break;
      }
    }
    throw broken;
  }

  private again(): SessionStart {
    const again = clone(SessionStartSchema, this.start);
    const { sessionId, resumeToken, clientId } = this.session;
    if (!sessionId) return again; // Nothing was begun yet.
    again.characterId = '';
    again.greet = false;
    again.clientId = clientId;
    again.resume = create(ResumeSchema, { sessionId, resumeToken, afterSeq: this.lastSeq });
    return again;
  }

  /** Sends; an event that must arrive and has no clientSeq gets the next one. */
  async send(init: MessageInitShape<typeof ClientEventSchema>): Promise<void> {
    const event = create(ClientEventSchema, init);
    if (!event.clientSeq && COUNTED.has(event.event.case ?? '')) event.clientSeq = this.clientSeq + 1n;
    if (event.clientSeq) {
      if (event.clientSeq > this.clientSeq) this.clientSeq = event.clientSeq;
      this.untaken.push(event);
    }
    try {
      await this.attachment.send(event);
    } catch (thrown) {
      const broken = ParleyError.from(thrown);
      if (broken.resumable) return; // The reader comes back and sends it again.
      this.untaken = this.untaken.filter((kept) => kept !== event);
      throw broken;
    }
  }

  /** Says something by keyboard. */
  say(text: string): Promise<void> {
    return this.send({ event: { case: 'textInput', value: { text } } });
  }

  /** Stops the character; `heardUs` is how far the turn was played, in microseconds. */
  interrupt(heardUs?: bigint): Promise<void> {
    return this.send({ event: { case: 'interrupt', value: { heardUs } } });
  }

  /** Breaks the connection, as a network would, and comes back. */
  cut(): Promise<void> {
    return this.comeBack(ParleyError.unavailable('the connection was cut'));
  }

  /** Leaves; the session lives on for whoever comes back. */
  close(): void {
    this.attachment.close();
  }
}

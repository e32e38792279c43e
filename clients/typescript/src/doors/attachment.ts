import type { ClientEvent, ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import { ParleyError } from '../errors.js';

/** One connection to a session, through one door. */
export interface Attachment {
  /** The next event; undefined when the server ended the stream well. Throws ParleyError otherwise. */
  next(limitMs: number): Promise<ServerEvent | undefined>;
  send(event: ClientEvent): Promise<void>;
  /** Leaves at once, as a broken connection would. */
  close(): void;
}

/** Takes events from a stream one by one: nothing is read ahead, so a slow client is felt by the server. */
export class Pulled {
  private waiting: Promise<IteratorResult<ServerEvent>> | undefined;

  constructor(private readonly events: AsyncIterator<ServerEvent>) {}

  async next(limitMs: number): Promise<ServerEvent | undefined> {
    this.waiting ??= this.events.next();
    this.waiting.catch(() => undefined); // It is thrown to whoever asks next.
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(ParleyError.of('DEADLINE_EXCEEDED', '', `nothing came for ${limitMs} ms`)), limitMs);
    });
    try {
      const result = await Promise.race([this.waiting, late]);
      this.waiting = undefined;
      return result.done ? undefined : result.value;
    } catch (thrown) {
      throw ParleyError.from(thrown);
    } finally {
      clearTimeout(timer);
    }
  }
}

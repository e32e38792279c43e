import { InterruptionMode, type Character } from '../gen/parley/character/v1/character_pb.js';
import { AttachMode, type ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import type { Heard } from '../audio/media-clock';
import { listTurns, socketUrl } from '../api/client';
import { ticketProtocols } from '../api/identity';
import { randomId } from '../state/random';
import { Store } from '../state/store';
import { Acks } from './acks';
import { Bookmark, type Kept } from './bookmark';
import { Connection, type Link } from './connection';
import { Delivery } from './delivery';
import { Ear } from './ear';
import { FACE, startOf, VIDEO } from './start';
import { browser } from './surroundings';
import { after, moodOf, START, type Notice, type Talk } from './talk';
import { fromTurn, isRunning } from './transcript';

const ACK_MS = 100;

/**
 * One conversation with one character: what the person does, what comes of it, and what the page
 * shows of both. Everything runs on the page's thread.
 */
export class Conversation extends Store<Talk> {
  /** Tells conversations of one page apart. */
  readonly key = randomId();
  private readonly connection: Connection;
  private readonly delivery: Delivery;
  private readonly ear: Ear;
  private readonly acks = new Acks();
  private readonly acker: ReturnType<typeof setInterval>;
  private readonly bookmark: Bookmark;

  /**
   * Make it from a click or a key press, so that the voice may be heard.
   *
   * @param kept the session to take up, of the page that was here before it was loaded again
   */
  constructor(readonly character: Character, kept?: Kept) {
    super(START);
    this.bookmark = new Bookmark(character.id, kept);
    this.connection = new Connection(socketUrl(), startOf(character, kept?.clientId || randomId()), {
      event: (event) => this.take(event),
      link: (link) => this.linked(link),
      afresh: () => this.beganAfresh(),
    }, { ...browser, tickets: ticketProtocols }, kept && Bookmark.session(kept));
    this.delivery = new Delivery({
      silent: (silent) => this.change({ silent }),
      mark: () => this.feel(),
      failed: () => this.tell({ title: 'The voice cannot be played', advice: 'Check the sound output of this device; the words are shown anyway.' }),
    }, kept?.heard);
    this.ear = new Ear({
      sound: (data) => this.connection.sendNow({ case: 'audioChunk', value: { data } }),
      changed: (microphone) => (this.change({ microphone, ...(microphone === 'opening' && { notice: undefined }) }), this.feel()),
      over: () => this.connection.send({ case: 'endOfInput', value: {} }),
      failed: (why) => this.tell(why),
    });
    this.acker = setInterval(() => this.acknowledge(), ACK_MS);
    this.connection.connect();
    if (kept) void this.recall(kept.sessionId);
    this.listen(globalThis.addEventListener);
  }

  get actor() {
    return this.delivery.actor;
  }

  /** Loudness of the person now, 0 to 1. */
  get level(): number {
    return this.ear.level;
  }

  /** What interrupts this character: speech too, only button and text, or nothing. */
  get interruption(): 'speech' | 'button' | 'off' {
    const mode = this.character.interruption?.mode;
    if (mode === InterruptionMode.OFF) return 'off';
    return mode === InterruptionMode.BUTTON ? 'button' : 'speech';
  }

  /** What the loudspeaker plays now. */
  heard(): Heard | undefined {
    return this.delivery.now();
  }

  /** How loud whoever speaks is now, 0 to 1. */
  loudness(): number {
    return Math.max(this.delivery.loudness(), this.state.hearing ? Math.min(1, this.level * 5) : 0);
  }

  say(text: string): void {
    const said = text.trim();
    if (!said) return;
    if (this.interruption !== 'off') this.silence();
    this.connection.send({ case: 'textInput', value: { text: said } });
    this.change({ waiting: said, uncertain: false });
    this.feel();
  }

  /** Stops the character at once, here and at the server; not one that speaks to the end. */
  interrupt(): void {
    const turn = this.current();
    if (!turn || this.interruption === 'off') return;
    const heard = this.heard();
    const heardUs = heard?.turn === turn ? BigInt(Math.max(0, heard.us)) : undefined;
    this.connection.send({ case: 'interrupt', value: { turnId: turn, heardUs } });
    this.silence();
  }

  toggleMicrophone(): Promise<void> {
    return this.ear.toggle();
  }

  /** Shows the server's video in the element, or the face again. */
  showVideo(element: HTMLVideoElement | undefined): void {
    try {
      this.delivery.show(element, (why) => this.videoFailed(why));
    } catch (error) {
      return this.videoFailed(error instanceof Error ? error.message : '');
    }
    this.connection.restart({ tiers: element ? VIDEO : FACE });
    this.change({ video: element !== undefined });
  }

  /** Takes the conversation over from another window. */
  takeOver(): void {
    this.connection.restart({ attachMode: AttachMode.TAKE_OVER });
  }

  retryNow(): void {
    this.connection.retryNow();
  }

  dismiss(): void {
    this.change({ notice: undefined });
  }

  /** Leaves it for good: a page that is loaded again does not take it up. */
  async close(): Promise<void> {
    clearInterval(this.acker);
    this.listen(globalThis.removeEventListener);
    this.bookmark.forget();
    this.connection.close();
    await this.ear.close();
    await this.delivery.close();
  }

  private take(event: ServerEvent): void {
    const held = this.state.paused;
    this.delivery.take(event);
    const talk = after(this.state, event);
    if (talk !== this.state) this.change(talk);
    if (this.state.paused !== held) this.delivery.hold(this.state.paused);
    this.bookmark.passed(event.seq, this.state.exchanges.some(isRunning));
    if (event.event.case === 'sessionStarted') this.keep();
    if (event.event.case === 'sessionEnded') {
      this.bookmark.forget();
      this.connection.close();
    }
    this.feel();
  }

  /** Turns that were over before the page was loaded again. */
  private async recall(sessionId: string): Promise<void> {
    const turns = await listTurns(sessionId).catch(() => []);
    const known = this.state.exchanges;
    const earlier = turns.map(fromTurn).filter((e) => !isRunning(e) && !known.some((k) => k.id === e.id));
    if (this.connection.whereabouts().sessionId === sessionId) this.change({ exchanges: [...earlier, ...known] });
  }

  private beganAfresh(): void {
    this.bookmark.forget();
    this.tell({ title: 'The conversation could not be taken up again', advice: 'A new one has begun; the old one is under “Earlier”.' });
  }

  private hold(on: boolean): void {
    this.delivery.hold(on);
    this.change({ paused: on });
  }

  private silence(): void {
    const turn = this.current();
    if (turn) this.delivery.cut(turn, this.heard()?.us ?? 0);
    if (this.state.paused) this.hold(false);
  }

  /** The turn that runs at the server or is still heard here. */
  private current(): string | undefined {
    const heard = this.heard();
    if (heard?.running) return heard.turn;
    return this.state.exchanges.findLast(isRunning)?.id;
  }

  private videoFailed(why: string): void {
    this.delivery.show(undefined, () => undefined);
    this.connection.restart({ tiers: FACE });
    this.change({ video: false });
    this.tell({ title: 'The video does not play here', advice: why || 'The face is shown instead.' });
  }

  private acknowledge(): void {
    this.feel();
    const ack = this.acks.after(this.heard());
    if (ack) this.connection.sendNow({ case: 'playbackAck', value: ack });
  }

  private linked(link: Link): void {
    if (link !== this.state.link) this.change({ link });
  }

  private feel(): void {
    const mood = moodOf(this.state, this.heard());
    if (mood !== this.state.mood) this.change({ mood });
  }

  private listen(how: typeof globalThis.addEventListener): void {
    how('online', this.online);
    how('pointerdown', this.wake);
    how('keydown', this.wake);
    how('pagehide', this.keep);
  }

  private readonly online = (): void => {
    if (this.state.link === 'reconnecting') this.connection.retryNow();
  };

  private readonly wake = (): void => this.delivery.wake();

  private readonly keep = (): void => {
    const session = this.connection.whereabouts();
    if (session.sessionId && this.state.link !== 'closed') this.bookmark.keep(session, this.heard());
  };

  private tell({ title, advice }: Notice): void {
    this.change({ notice: { title, advice } });
  }
}

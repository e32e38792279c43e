import { InterruptionMode, type Character } from '../gen/parley/character/v1/character_pb.js';
import { AttachMode, Tier, type ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import { AudioEncoding } from '../gen/parley/type/v1/audio_pb.js';
import { Microphone, MicrophoneFailure } from '../audio/microphone';
import type { Heard } from '../audio/media-clock';
import { Voice } from '../audio/voice';
import { Actor } from '../face/actor';
import { VideoPlayer } from '../video/video-player';
import { socketUrl } from '../api/client';
import { Acks } from './acks';
import { Connection, type Link } from './connection';
import { moodOf, noticeOf, START, type Notice, type Talk } from './talk';
import { follow, isRunning } from './transcript';

const OUTPUT_HZ = 24_000;
const ACK_MS = 100;
const FACE = [Tier.TEXT, Tier.AUDIO, Tier.FACE];
const VIDEO = [Tier.TEXT, Tier.VIDEO];

/**
 * One conversation with one character: the connection, the voice, the face and the microphone,
 * and what the page shows of them. Everything runs on the page's thread.
 */
export class Conversation {
  /** Tells conversations of one page apart. */
  readonly key = newId();
  readonly actor = new Actor();
  /** Loudness of the person now, 0 to 1. */
  level = 0;
  private talk = START;
  private readonly listeners = new Set<() => void>();
  private readonly connection: Connection;
  private readonly voice: Voice;
  private microphone: Microphone | undefined;
  private film: VideoPlayer | undefined;
  private readonly acks = new Acks();
  private readonly acker: ReturnType<typeof setInterval>;

  /** Make it from a click or a key press, so that the voice may be heard. */
  constructor(readonly character: Character) {
    this.connection = new Connection(socketUrl(), startOf(character), {
      event: (event) => this.take(event),
      link: (link) => this.linked(link),
      afresh: () => this.tell({ title: 'The conversation could not be taken up again', advice: 'A new one has begun; the old one is under “Earlier”.' }),
    });
    this.voice = new Voice(OUTPUT_HZ, {
      silent: (silent) => this.change({ silent }),
      mark: () => this.feel(),
      failed: () => this.tell({ title: 'The voice cannot be played', advice: 'Check the sound output of this device; the words are shown anyway.' }),
    });
    this.acker = setInterval(() => this.acknowledge(), ACK_MS);
    this.connection.connect();
    globalThis.addEventListener('online', this.online);
    globalThis.addEventListener('pointerdown', this.wake);
    globalThis.addEventListener('keydown', this.wake);
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  snapshot = (): Talk => this.talk;

  /** What interrupts this character: speech too, only button and text, or nothing. */
  get interruption(): 'speech' | 'button' | 'off' {
    const mode = this.character.interruption?.mode;
    if (mode === InterruptionMode.OFF) return 'off';
    return mode === InterruptionMode.BUTTON ? 'button' : 'speech';
  }

  /** What the loudspeaker plays now. */
  heard(): Heard | undefined {
    return (this.film ?? this.voice).now();
  }

  /** How loud whoever speaks is now, 0 to 1. */
  loudness(): number {
    return Math.max(this.voice.loudness(), this.talk.hearing ? Math.min(1, this.level * 5) : 0);
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

  async toggleMicrophone(): Promise<void> {
    if (this.microphone) return this.closeMicrophone();
    if (this.talk.microphone === 'opening') return;
    this.change({ microphone: 'opening', notice: undefined });
    try {
      this.microphone = await Microphone.open(
        (data, level) => this.speak(data, level),
        (failure) => this.microphoneLost(failure),
      );
      this.change({ microphone: 'on' });
      this.feel();
    } catch (error) {
      this.change({ microphone: 'off' });
      if (error instanceof MicrophoneFailure) this.tell(error);
      else throw error;
    }
  }

  /** Shows the server's video in the element, or the face again. */
  showVideo(element: HTMLVideoElement | undefined): void {
    const turn = this.current();
    if (turn) this.cut(turn, this.heard()?.us ?? 0);
    this.film?.close();
    this.film = undefined;
    try {
      if (element) this.film = new VideoPlayer(element, (why) => this.videoFailed(why));
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

  async close(): Promise<void> {
    clearInterval(this.acker);
    globalThis.removeEventListener('online', this.online);
    globalThis.removeEventListener('pointerdown', this.wake);
    globalThis.removeEventListener('keydown', this.wake);
    this.connection.close();
    this.film?.close();
    await this.microphone?.close();
    await this.voice.close();
  }

  private take(event: ServerEvent): void {
    this.media(event);
    this.words(event);
    const exchanges = follow(this.talk.exchanges, event, this.talk.uncertain);
    if (exchanges !== this.talk.exchanges) this.change({ exchanges });
    if (event.event.case === 'turnStarted') this.change({ waiting: '', hearing: '', uncertain: false });
    this.feel();
  }

  private media(event: ServerEvent): void {
    const turn = event.turnId;
    const us = Number(event.mediaTimeUs ?? 0n);
    const it = event.event;
    if (it.case === 'audioDelta') this.voice.push(turn, us, it.value.data);
    else if (it.case === 'faceFrames') this.actor.take(turn, us, it.value, performance.now() / 1000);
    else if (it.case === 'videoFragment') this.film?.push(turn, it.value.data, it.value.init, it.value.mimeType);
    else if (it.case === 'interrupted') this.interrupted(turn, Number(it.value.atUs));
    else if (it.case === 'turnCompleted') this.ended(turn);
    else if (it.case === 'paused' || it.case === 'resumed') this.hold(it.case === 'paused');
  }

  private words(event: ServerEvent): void {
    const it = event.event;
    if (it.case === 'sessionStarted') {
      if (it.value.face) this.actor.use(it.value.face.blendshapes);
      this.change({ speaker: it.value.speaker });
    } else if (it.case === 'transcript') {
      const { text, final, uncertain } = it.value;
      this.change(final ? { hearing: '', waiting: text, uncertain } : { hearing: text });
    } else if (it.case === 'problem') {
      const notice = noticeOf(it.value.reason, it.value.message);
      if (notice) this.change({ waiting: '', notice });
    } else if (it.case === 'sessionEnded') {
      this.tell({ title: 'The conversation has ended', advice: 'Choose a character to begin a new one.' });
      this.connection.close();
    }
  }

  private cut(turn: string, us: number): void {
    this.voice.cut(turn);
    this.film?.cut(turn);
    this.actor.cut(turn, us);
  }

  /** What waited for the person to finish is cut; the next answer must not wait as well. */
  private interrupted(turn: string, us: number): void {
    this.cut(turn, us);
    if (this.talk.paused) this.hold(false);
  }

  private ended(turn: string): void {
    this.voice.end(turn);
    this.film?.end(turn);
  }

  private hold(on: boolean): void {
    this.voice.hold(on);
    this.film?.hold(on);
    this.change({ paused: on });
  }

  private silence(): void {
    const turn = this.current();
    if (turn) this.cut(turn, this.heard()?.us ?? 0);
    if (this.talk.paused) this.hold(false);
  }

  /** The turn that runs at the server or is still heard here. */
  private current(): string | undefined {
    const heard = this.heard();
    if (heard?.running) return heard.turn;
    return this.talk.exchanges.findLast(isRunning)?.id;
  }

  private speak(data: Uint8Array, level: number): void {
    this.level = level;
    this.connection.sendNow({ case: 'audioChunk', value: { data } });
  }

  private async closeMicrophone(): Promise<void> {
    const open = this.microphone;
    this.microphone = undefined;
    this.level = 0;
    this.change({ microphone: 'off' });
    this.feel();
    this.connection.send({ case: 'endOfInput', value: {} });
    await open?.close();
  }

  private microphoneLost(failure: MicrophoneFailure): void {
    if (!this.microphone) return;
    void this.closeMicrophone();
    this.tell(failure);
  }

  private videoFailed(why: string): void {
    this.film?.close();
    this.film = undefined;
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
    if (link !== this.talk.link) this.change({ link });
  }

  private feel(): void {
    const mood = moodOf(this.talk, this.heard());
    if (mood !== this.talk.mood) this.change({ mood });
  }

  private readonly online = (): void => {
    if (this.talk.link === 'reconnecting') this.connection.retryNow();
  };

  private readonly wake = (): void => this.voice.wake();

  private tell({ title, advice }: Notice): void {
    this.change({ notice: { title, advice } });
  }

  private change(part: Partial<Talk>): void {
    this.talk = { ...this.talk, ...part };
    for (const listener of this.listeners) listener();
  }
}

function startOf(character: Character) {
  return {
    characterId: character.id,
    clientId: newId(),
    tiers: FACE,
    inputAudio: { encoding: AudioEncoding.PCM_S16LE, sampleRateHz: 16_000, channels: 1 },
    outputAudio: { encoding: AudioEncoding.PCM_S16LE, sampleRateHz: OUTPUT_HZ, channels: 1 },
    video: { width: 512, height: 512, background: character.avatar?.background ?? '' },
    faceRateHz: 60,
    attachMode: AttachMode.UNSPECIFIED,
    greet: true,
  };
}

/** A random id; works on pages without a secure context too. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

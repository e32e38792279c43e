import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { AttachMode, Tier, type ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import { Reason } from '../gen/parley/type/v1/reason_pb.js';
import { AudioEncoding } from '../gen/parley/type/v1/audio_pb.js';
import { Microphone, MicrophoneFailure } from '../audio/microphone';
import type { Heard, MediaClock } from '../audio/media-clock';
import { Player } from '../audio/player';
import { Actor } from '../face/actor';
import type { Mood } from '../face/idle';
import { VideoPlayer } from '../video/video-player';
import { socketUrl } from '../api/client';
import { Connection, type Link } from './connection';
import { follow, isRunning, type Exchange } from './transcript';

const OUTPUT_HZ = 24_000;
const ACK_MS = 100;

/** Something the person should know, with what to do about it. */
export interface Notice {
  readonly title: string;
  readonly advice: string;
}

/** What the page shows of a conversation; replaced as a whole at every change. */
export interface Talk {
  readonly link: Link;
  readonly exchanges: readonly Exchange[];
  /** What the person is saying, so far. */
  readonly hearing: string;
  /** Typed or spoken, not yet answered. */
  readonly waiting: string;
  readonly microphone: 'off' | 'opening' | 'on';
  readonly mood: Mood;
  readonly paused: boolean;
  readonly video: boolean;
  readonly speaker: boolean;
  readonly silent: boolean;
  readonly notice?: Notice;
}

const START: Talk = {
  link: 'connecting', exchanges: [], hearing: '', waiting: '', microphone: 'off', mood: 'quiet',
  paused: false, video: false, speaker: true, silent: false,
};

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
  private player: Player | undefined;
  private opening: Promise<void> | undefined;
  private early: (() => void)[] = [];
  private microphone: Microphone | undefined;
  private film: VideoPlayer | undefined;
  private readonly acker: ReturnType<typeof setInterval>;
  private acked = { turn: '', us: -1 };

  /** Make it from a click or a key press, so that the voice may be heard. */
  constructor(readonly character: Character) {
    this.connection = new Connection(
      socketUrl(),
      {
        characterId: character.id,
        clientId: newId(),
        tiers: [Tier.TEXT, Tier.AUDIO, Tier.FACE],
        inputAudio: { encoding: AudioEncoding.PCM_S16LE, sampleRateHz: 16_000, channels: 1 },
        outputAudio: { encoding: AudioEncoding.PCM_S16LE, sampleRateHz: OUTPUT_HZ, channels: 1 },
        video: { width: 768, height: 768 },
        faceRateHz: 60,
        attachMode: AttachMode.UNSPECIFIED,
        greet: true,
      },
      {
        event: (event) => this.take(event),
        link: (link) => this.linked(link),
        afresh: () => this.tell('The conversation could not be taken up again', 'A new one has begun; the old one is in the history.'),
      },
    );
    this.opening = this.openPlayer();
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

  /** What the loudspeaker plays now. */
  heard(): Heard | undefined {
    return this.clock()?.now();
  }

  get analyser(): AnalyserNode | undefined {
    return this.player?.analyser;
  }

  say(text: string): void {
    const said = text.trim();
    if (!said) return;
    this.silence();
    this.connection.send({ case: 'textInput', value: { text: said } });
    this.change({ waiting: said, mood: 'thinking' });
  }

  /** Stops the character at once, here and at the server. */
  interrupt(): void {
    const turn = this.current();
    if (!turn) return;
    const heard = this.heard();
    const heardUs = heard?.turn === turn ? BigInt(heard.us) : undefined;
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
    } catch (error) {
      this.change({ microphone: 'off' });
      if (error instanceof MicrophoneFailure) this.tell(error.title, error.advice);
      else throw error;
    }
  }

  /** Shows the server's video in the element, or the face again. */
  showVideo(element: HTMLVideoElement | undefined): void {
    this.silence();
    this.film?.close();
    this.film = undefined;
    try {
      if (element) this.film = new VideoPlayer(element, (why) => this.videoFailed(why));
    } catch (error) {
      this.videoFailed(String(error));
      return;
    }
    this.connection.restart({ tiers: element ? [Tier.TEXT, Tier.VIDEO] : [Tier.TEXT, Tier.AUDIO, Tier.FACE] });
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
    await this.opening;
    await this.player?.close();
  }

  private async openPlayer(): Promise<void> {
    try {
      this.player = await Player.open(OUTPUT_HZ);
      this.player.context.onstatechange = () => this.change({ silent: this.player?.context.state !== 'running' });
      this.player.onMark = () => this.feel();
      if (this.player.context.state !== 'running') this.change({ silent: true });
    } catch {
      this.tell('The voice cannot be played', 'Check the sound output of this device; the words are shown anyway.');
    }
    for (const run of this.early) run();
    this.early = [];
    this.opening = undefined;
  }

  private withPlayer(run: (player: Player) => void): void {
    if (this.player) run(this.player);
    else if (this.opening) this.early.push(() => this.player && run(this.player));
  }

  private take(event: ServerEvent): void {
    this.media(event);
    this.words(event);
    const exchanges = follow(this.talk.exchanges, event);
    if (exchanges !== this.talk.exchanges) this.change({ exchanges });
    this.feel();
  }

  private media(event: ServerEvent): void {
    const turn = event.turnId;
    const us = Number(event.mediaTimeUs ?? 0n);
    const it = event.event;
    if (it.case === 'audioDelta') this.withPlayer((p) => p.push(turn, us, it.value.data));
    else if (it.case === 'faceFrames') this.actor.take(turn, us, it.value, seconds());
    else if (it.case === 'videoFragment') this.film?.push(turn, it.value.data, it.value.init, it.value.mimeType);
    else if (it.case === 'interrupted') this.cut(turn, Number(it.value.atUs));
    else if (it.case === 'turnCompleted') this.ended(turn);
    else if (it.case === 'paused' || it.case === 'resumed') this.hold(it.case === 'paused');
  }

  private words(event: ServerEvent): void {
    const it = event.event;
    if (it.case === 'sessionStarted') {
      if (it.value.face) this.actor.use(it.value.face.blendshapes);
      this.change({ speaker: it.value.speaker });
    } else if (it.case === 'transcript') {
      if (it.value.final) this.change({ hearing: '', waiting: it.value.text });
      else this.change({ hearing: it.value.text });
    } else if (it.case === 'turnStarted') {
      this.change({ waiting: '', hearing: '' });
    } else if (it.case === 'problem') {
      this.problem(it.value.reason, it.value.message);
    } else if (it.case === 'sessionEnded') {
      this.tell('The conversation has ended', 'Choose a character to begin a new one.');
      this.connection.close();
    }
  }

  private problem(reason: Reason, message: string): void {
    if (reason === Reason.LEFT_OUT || reason === Reason.TEXT_SKIPPED) return;
    this.change({ waiting: '' });
    if (reason === Reason.SPEAKER_TAKEN) this.tell('This conversation is open elsewhere', 'Close the other window, or take it over here.');
    else this.tell(message || 'Something went wrong', ADVICE[reason] ?? 'Try again in a moment.');
  }

  private cut(turn: string, us: number): void {
    this.withPlayer((p) => p.cut(turn));
    this.film?.cut(turn);
    this.actor.cut(turn, us);
  }

  private ended(turn: string): void {
    this.withPlayer((p) => p.end(turn));
    this.film?.end(turn);
  }

  private hold(on: boolean): void {
    this.withPlayer((p) => p.hold(on));
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
    this.connection.send({ case: 'endOfInput', value: {} });
    await open?.close();
  }

  private microphoneLost(failure: MicrophoneFailure): void {
    if (!this.microphone) return;
    void this.closeMicrophone();
    this.tell(failure.title, failure.advice);
  }

  private videoFailed(why: string): void {
    this.film?.close();
    this.film = undefined;
    this.connection.restart({ tiers: [Tier.TEXT, Tier.AUDIO, Tier.FACE] });
    this.change({ video: false });
    this.tell('The video does not play here', why.startsWith('Error') ? 'The face is shown instead.' : why);
  }

  private acknowledge(): void {
    const heard = this.heard();
    this.feel();
    if (!heard?.turn || heard.us < 0 || (heard.turn === this.acked.turn && heard.us <= this.acked.us)) return;
    this.acked = { turn: heard.turn, us: heard.us };
    this.connection.sendNow({ case: 'playbackAck', value: { turnId: heard.turn, playedUs: BigInt(heard.us) } });
  }

  private clock(): MediaClock | undefined {
    return this.film ?? this.player;
  }

  private linked(link: Link): void {
    if (link !== this.talk.link) this.change({ link });
  }

  private feel(): void {
    const mood = this.moodNow();
    if (mood !== this.talk.mood) this.change({ mood });
  }

  private moodNow(): Mood {
    if (this.talk.hearing) return 'hearing';
    if (this.heard()?.running) return 'speaking';
    const running = this.talk.exchanges.findLast(isRunning);
    if (this.talk.waiting || (running && running.words.length === 0)) return 'thinking';
    if (running) return 'speaking';
    return this.talk.microphone === 'on' ? 'hearing' : 'quiet';
  }

  private readonly online = (): void => {
    if (this.talk.link === 'reconnecting') this.connection.retryNow();
  };

  private readonly wake = (): void => {
    if (this.player && this.player.context.state !== 'running') void this.player.context.resume();
  };

  private tell(title: string, advice: string): void {
    this.change({ notice: { title, advice } });
  }

  private change(part: Partial<Talk>): void {
    this.talk = { ...this.talk, ...part };
    for (const listener of this.listeners) listener();
  }
}

const ADVICE: Partial<Record<Reason, string>> = {
  [Reason.MODEL_FAILED]: 'The answer may be shorter than usual. Check the model server, or go on without it.',
  [Reason.SPEECH_FAILED]: 'The words are shown; the voice comes back with the next answer.',
  [Reason.RENDER_FAILED]: 'The voice goes on; the face comes back with the next answer.',
  [Reason.RECOGNITION_FAILED]: 'Say it again, or type it.',
  [Reason.CHARACTER_NOT_FOUND]: 'Choose another character.',
  [Reason.OVERLOADED]: 'The server has much to do. Try again in a minute.',
  [Reason.TOO_LARGE]: 'Send less at once.',
};

function seconds(): number {
  return performance.now() / 1000;
}

/** A random id; works on pages without a secure context too. */
function newId(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, '0')).join('');
}

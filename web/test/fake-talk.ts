import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import type { WebSocket } from 'ws';
import { ClientEventSchema, ServerEventSchema, Tier, type ClientEvent, type SessionStart } from '../src/gen/parley/conversation/v1/event_pb.js';
import { TurnState, type CitationSchema, type TurnSchema } from '../src/gen/parley/conversation/v1/turn_pb.js';
import { face, receipt, SHAPES, STEP_US, tone, WORD_US } from './fake-voice';

type EventInit = NonNullable<MessageInitShape<typeof ServerEventSchema>['event']>;
/** A source, and which words of the reply come from it. */
export type Cited = Omit<MessageInitShape<typeof CitationSchema>, 'span' | '$typeName' | '$unknown'> & { readonly from: number; readonly to: number };
type Logged = { seq: number; bytes: Uint8Array };

/** One session over WebSockets. Its "voice" is a tone, its "answers" repeat the question; nothing of it ships. */
export class FakeTalk {
  readonly received: ClientEvent[] = [];
  readonly starts: SessionStart[] = [];
  /** Answers what is typed in place of the repeated question; `true` when it did. */
  answering: ((text: string) => true | undefined) | undefined;
  /** Turns of the session that are over. */
  readonly over: MessageInitShape<typeof TurnSchema>[] = [];
  private log: Logged[] = [];
  private seq = 0;
  private turns = 0;
  private socket: WebSocket | undefined;
  private stopTurn: (() => void) | undefined;
  private readonly sockets = new Set<WebSocket>();

  /** Cuts every connection, as a lost network does. */
  drop(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  stop(): void {
    this.stopTurn?.();
    this.drop();
  }

  /** Sends a partial transcript as while the person speaks. */
  hear(text: string): void {
    this.emit({ case: 'transcript', value: { text, stability: 0.6 } });
  }

  /** Answers `input` with `reply`; sources are cited with the words from `from` up to `to`. */
  speak(input: string, reply: string, sources: readonly Cited[] = []): void {
    const turnId = `turn-${++this.turns}`;
    this.emit({ case: 'turnStarted', value: { characterId: 'ada', inputText: input } }, turnId, 0);
    this.emit({ case: 'textDelta', value: { text: reply } }, turnId);
    const words = Array.from(reply.matchAll(/\S+/g), (m, i) => ({ from: m.index, to: m.index + m[0].length, word: m[0], us: i * WORD_US }));
    const endUs = words.length * WORD_US;
    for (const { from, to, ...source } of sources) {
      const span = { startUs: BigInt(from * WORD_US), endUs: BigInt(to * WORD_US) };
      this.emit({ case: 'citation', value: { ...source, span } }, turnId, from * WORD_US);
    }
    const began = Date.now();
    let us = 0;
    const timer = setInterval(() => {
      while (us < endUs && us < (Date.now() - began) * 1000 + 300_000) {
        for (const w of words) if (w.us >= us && w.us < us + STEP_US) this.word(turnId, w);
        this.emit({ case: 'audioDelta', value: { data: tone(us), durationUs: BigInt(STEP_US) } }, turnId, us);
        this.emit({ case: 'faceFrames', value: face(us) }, turnId, us);
        us += STEP_US;
      }
      if (us >= endUs) {
        clearInterval(timer);
        this.stopTurn = undefined;
        this.over.push({ id: turnId, state: TurnState.COMPLETED, inputText: input, replyText: reply });
        this.emit({ case: 'turnCompleted', value: { state: TurnState.COMPLETED, replyText: reply, receipt: receipt(words.length, 0) } }, turnId);
      }
    }, 10);
    this.stopTurn = () => {
      clearInterval(timer);
      this.stopTurn = undefined;
      const heard = words.filter((w) => w.us + WORD_US <= us - 300_000).length;
      const at = words[heard]?.from ?? reply.length;
      this.emit({ case: 'interrupted', value: { atUs: BigInt(us), heardText: reply.slice(0, at).trim(), cutText: reply.slice(at) } }, turnId);
      this.emit({ case: 'turnCompleted', value: { state: TurnState.INTERRUPTED, replyText: reply.slice(0, at), receipt: receipt(heard, words.length - heard) } }, turnId);
    };
  }

  private word(turnId: string, w: { from: number; to: number; word: string; us: number }): void {
    const span = { startUs: BigInt(w.us), endUs: BigInt(w.us + WORD_US) };
    this.emit({ case: 'wordSpoken', value: { word: w.word, span, textStart: w.from, textEnd: w.to } }, turnId, w.us);
  }

  private emit(event: EventInit, turnId = '', us?: number): void {
    const seq = ++this.seq;
    const bytes = toBinary(ServerEventSchema, create(ServerEventSchema, {
      seq: BigInt(seq), turnId, mediaTimeUs: us === undefined ? undefined : BigInt(us), event,
    }));
    this.log.push({ seq, bytes });
    this.socket?.send(bytes);
  }

  attach(ws: WebSocket): void {
    this.sockets.add(ws);
    ws.on('close', () => {
      this.sockets.delete(ws);
      if (this.socket === ws) this.socket = undefined;
    });
    ws.on('message', (data: Buffer) => this.obey(ws, fromBinary(ClientEventSchema, new Uint8Array(data))));
  }

  private obey(ws: WebSocket, event: ClientEvent): void {
    this.received.push(event);
    const it = event.event;
    if (it.case === 'sessionStart') this.begin(ws, it.value);
    else if (it.case === 'textInput') {
      this.stopTurn?.();
      setTimeout(() => this.answering?.(it.value.text) ?? this.speak(it.value.text, `You said: ${it.value.text}. I heard every word of it, and I am happy to go on about it for as long as you like.`), 120);
    } else if (it.case === 'interrupt') this.stopTurn?.();
  }

  private begin(ws: WebSocket, start: SessionStart): void {
    this.starts.push(start);
    const resume = start.resume;
    if (!resume) {
      this.log = [];
      this.seq = 0;
      this.stopTurn?.();
    }
    this.socket = ws;
    const started: EventInit = {
      case: 'sessionStarted',
      value: {
        sessionId: 'session-1', characterId: start.characterId, resumeToken: 'token', speaker: true, clientId: start.clientId,
        tiers: [Tier.TEXT, Tier.AUDIO, Tier.FACE], face: { blendshapes: SHAPES, frameRateHz: 50 }, takenClientSeq: this.highest(),
      },
    };
    if (!resume) this.emit(started);
    else {
      ws.send(toBinary(ServerEventSchema, create(ServerEventSchema, { event: started })));
      for (const l of this.log) if (BigInt(l.seq) > resume.afterSeq) ws.send(l.bytes);
    }
    if (start.greet && !resume) this.speak('', 'Hello, I am glad you came. Ask me anything you like.');
  }

  private highest(): bigint {
    return this.received.reduce((n, e) => (e.clientSeq > n ? e.clientSeq : n), 0n);
  }
}

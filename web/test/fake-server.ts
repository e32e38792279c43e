import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { extname, join } from 'node:path';
import { create, fromBinary, toBinary, type DescMessage, type MessageInitShape } from '@bufbuild/protobuf';
import { WebSocketServer, type WebSocket } from 'ws';
import { ListCharactersResponseSchema } from '../src/gen/parley/character/v1/character_service_pb.js';
import { ListSessionsResponseSchema, ListTurnsResponseSchema } from '../src/gen/parley/conversation/v1/conversation_service_pb.js';
import { ClientEventSchema, ServerEventSchema, Tier, type ClientEvent, type SessionStart } from '../src/gen/parley/conversation/v1/event_pb.js';
import { TurnState } from '../src/gen/parley/conversation/v1/turn_pb.js';

const WEB = join(import.meta.dirname, '..');
const AVATARS = join(WEB, '..', 'avatars');
const TYPES: Record<string, string> = {
  '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.css': 'text/css', '.svg': 'image/svg+xml',
};
const POLICY = "default-src 'self'; connect-src 'self' blob:; img-src 'self' blob: data:; media-src 'self' blob:; object-src 'none'; base-uri 'none'";
const RATE = 24_000;
const STEP_US = 20_000;
const WORD_US = 340_000;

type EventInit = NonNullable<MessageInitShape<typeof ServerEventSchema>['event']>;
type Logged = { seq: number; bytes: Uint8Array };

const PEOPLE = [
  { id: 'ada', displayName: 'Elena', description: 'Curious about how things work.', avatar: { avatarId: 'elena', background: '#5f8b86' } },
  { id: 'bruno', displayName: 'David', description: 'Dry humour, patient answers.', avatar: { avatarId: 'david', background: '#6d7a94' } },
  { id: 'carol', displayName: 'Amara', description: 'Warm, quick and full of stories.', avatar: { avatarId: 'amara', background: '#a98b62' } },
];
const poses = JSON.parse(readFileSync(join(AVATARS, 'poses.json'), 'utf8')) as { visemes: Record<string, Record<string, number>> };
const SHAPES = [...new Set(['eyeBlinkLeft', 'eyeBlinkRight', ...Object.values(poses.visemes).flatMap((v) => Object.keys(v))])];
const SYLLABLES = ['aa', 'DD', 'oh', 'PP', 'E', 'SS', 'ou', 'kk', 'ih', 'FF'];

/**
 * Speaks the WebSocket protocol and as much gRPC-Web as the page asks for, so that the page can be
 * tested alone. Its "voice" is a tone, its "answers" repeat the question; nothing of it ships.
 */
export class FakeServer {
  readonly received: ClientEvent[] = [];
  starts: SessionStart[] = [];
  private log: Logged[] = [];
  private seq = 0;
  private turns = 0;
  private socket: WebSocket | undefined;
  private stopTurn: (() => void) | undefined;
  private sockets = new Set<WebSocket>();
  refusing = false;
  private constructor(private readonly http: ReturnType<typeof createServer>, readonly url: string) {}

  static async start(): Promise<FakeServer> {
    let server: FakeServer;
    const http = createServer((q, p) => void server.answer(q, p));
    const sockets = new WebSocketServer({ noServer: true, handleProtocols: () => 'parley.v1' });
    http.on('upgrade', (q, s, head) => {
      if (server.refusing) return s.destroy();
      sockets.handleUpgrade(q, s, head, (ws) => server.attach(ws));
    });
    await new Promise<void>((done) => http.listen(0, '127.0.0.1', done));
    server = new FakeServer(http, `http://127.0.0.1:${(http.address() as AddressInfo).port}`);
    return server;
  }

  /** Cuts every connection, as a lost network does. */
  drop(): void {
    for (const socket of this.sockets) socket.terminate();
  }

  stop(): void {
    this.stopTurn?.();
    this.drop();
    this.http.close();
  }

  /** Sends a partial transcript as while the person speaks. */
  hear(text: string): void {
    this.emit({ case: 'transcript', value: { text, stability: 0.6 } });
  }

  /** Answers `input` with `reply`. */
  speak(input: string, reply: string): void {
    const turnId = `turn-${++this.turns}`;
    this.emit({ case: 'turnStarted', value: { characterId: 'ada', inputText: input } }, turnId, 0);
    this.emit({ case: 'textDelta', value: { text: reply } }, turnId);
    const words = Array.from(reply.matchAll(/\S+/g), (m, i) => ({ from: m.index, to: m.index + m[0].length, word: m[0], us: i * WORD_US }));
    const endUs = words.length * WORD_US;
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

  private attach(ws: WebSocket): void {
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
      setTimeout(() => this.speak(it.value.text, `You said: ${it.value.text}. I heard every word of it, and I am happy to go on about it for as long as you like.`), 120);
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

  private async answer(q: IncomingMessage, p: ServerResponse): Promise<void> {
    const path = new URL(q.url ?? '/', this.url).pathname;
    if (q.method === 'POST') return rpc(path, p);
    const avatar = /^\/v1\/avatars\/(elena|david|amara)\/(model|picture)$/.exec(path);
    try {
      if (avatar) {
        const file = join(AVATARS, 'models', `${avatar[1]}.${avatar[2] === 'model' ? 'glb' : 'png'}`);
        const body = readFileSync(file);
        p.writeHead(200, { 'content-type': avatar[2] === 'model' ? 'model/gltf-binary' : 'image/png' }).end(body);
      } else {
        const file = path === '/' ? 'index.html' : path.slice(1);
        const body = readFileSync(join(WEB, 'dist', file));
        p.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream', 'content-security-policy': POLICY }).end(body);
      }
    } catch {
      p.writeHead(404).end();
    }
  }
}

function rpc(path: string, p: ServerResponse): void {
  const now = { seconds: BigInt(Math.floor(Date.now() / 1000)) };
  const session = { id: 's1', characterId: 'bruno', title: 'How do glaciers move?', turnCount: 2, updateTime: now };
  const turn = { id: 't1', sessionId: 's1', state: TurnState.COMPLETED, inputText: 'How do glaciers move?', replyText: 'Slowly, and under their own weight.', receipt: receipt(6, 0) };
  if (path.endsWith('/ListCharacters')) reply(p, ListCharactersResponseSchema, { characters: PEOPLE });
  else if (path.endsWith('/ListSessions')) reply(p, ListSessionsResponseSchema, { sessions: [session] });
  else if (path.endsWith('/ListTurns')) reply(p, ListTurnsResponseSchema, { turns: [turn] });
  else p.writeHead(404).end();
}

function reply<D extends DescMessage>(p: ServerResponse, schema: D, init: MessageInitShape<D>): void {
  const body = toBinary(schema, create(schema, init));
  p.writeHead(200, { 'content-type': 'application/grpc-web+proto' });
  p.end(Buffer.concat([frame(0, body), frame(0x80, Buffer.from('grpc-status: 0\r\n'))]));
}

function frame(flag: number, body: Uint8Array): Buffer {
  const head = Buffer.alloc(5);
  head[0] = flag;
  head.writeUInt32BE(body.length, 1);
  return Buffer.concat([head, body]);
}

function tone(us: number): Uint8Array {
  const n = (RATE * STEP_US) / 1e6;
  const first = (us * RATE) / 1e6;
  return new Uint8Array(Int16Array.from({ length: n }, (_, i) => {
    const t = (first + i) / RATE;
    return 5000 * Math.sin(2 * Math.PI * 180 * t) * (0.55 - 0.45 * Math.cos((2 * Math.PI * t * 1e6) / WORD_US));
  }).buffer);
}

function face(us: number) {
  const phase = us / (WORD_US / 2);
  const a = poses.visemes[SYLLABLES[Math.floor(phase) % SYLLABLES.length]!]!;
  const b = poses.visemes[SYLLABLES[(Math.floor(phase) + 1) % SYLLABLES.length]!]!;
  const t = (phase % 1) ** 2 * (3 - 2 * (phase % 1));
  return {
    weights: SHAPES.map((n) => (a[n] ?? 0) * (1 - t) + (b[n] ?? 0) * t),
    head: [0.03 * Math.sin(us / 4e5), 0.06 * Math.sin(us / 7e5), 0.02 * Math.sin(us / 9e5), 0, 0, 0],
    frameCount: 1,
    frameRateHz: 50,
  };
}

function receipt(heard: number, cut: number) {
  const ms = (n: number) => ({ seconds: BigInt(Math.floor(n / 1000)), nanos: (n % 1000) * 1e6 });
  return {
    thinker: 'grounded', voiceId: 'slt', wordsHeard: heard, wordsCut: cut, firstAudio: ms(84), firstFace: ms(96),
    stages: [
      { name: 'listen', start: ms(0), duration: ms(46), engine: 'pocketsphinx' },
      { name: 'recall', start: ms(46), duration: ms(21), engine: 'lucene' },
      { name: 'think', start: ms(60), duration: ms(210), firstResult: ms(14), engine: 'grounded' },
      { name: 'speak', start: ms(80), duration: ms(320), firstResult: ms(12), engine: 'flite' },
      { name: 'animate', start: ms(92), duration: ms(350), firstResult: ms(6), engine: 'visemes' },
    ],
    recalled: [{ memoryId: 'm1', text: 'You like long walks by the sea.', score: 0.82 }],
  };
}

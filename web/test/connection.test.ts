import { create, fromBinary, toBinary, type MessageInitShape } from '@bufbuild/protobuf';
import { expect, test } from 'vitest';
import { ClientEventSchema, ServerEventSchema, type ServerEvent } from '../src/gen/parley/conversation/v1/event_pb.js';
import { Reason } from '../src/gen/parley/type/v1/reason_pb.js';
import { Connection, type Link } from '../src/talk/connection';

class Wire {
  readyState = 0;
  bufferedAmount = 0;
  binaryType = '';
  sent: ReturnType<typeof read>[] = [];
  onopen?: () => void;
  onmessage?: (m: { data: ArrayBuffer }) => void;
  onclose?: (e: { reason: string }) => void;
  send(bytes: Uint8Array): void {
    this.sent.push(read(bytes));
  }
  close(): void {
    this.readyState = 3;
  }
  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }
  say(init: MessageInitShape<typeof ServerEventSchema>): void {
    this.onmessage?.({ data: toBinary(ServerEventSchema, create(ServerEventSchema, init)).buffer as ArrayBuffer });
  }
  start(seq = 1n, takenClientSeq = 0n): void {
    this.say({ seq, event: { case: 'sessionStarted', value: { sessionId: 's', resumeToken: 'r', clientId: 'c', takenClientSeq } } });
  }
  break(reason = ''): void {
    this.readyState = 3;
    this.onclose?.({ reason });
  }
}

function read(bytes: Uint8Array) {
  return fromBinary(ClientEventSchema, bytes);
}

function connected() {
  const wires: Wire[] = [];
  const waits: (() => void)[] = [];
  const events: ServerEvent[] = [];
  const links: Link[] = [];
  let afresh = 0;
  const connection = new Connection('ws://x', { characterId: 'ada', greet: true }, {
    event: (e) => events.push(e), link: (l) => links.push(l), afresh: () => afresh++,
  }, {
    open: () => {
      const wire = new Wire();
      wires.push(wire);
      return wire as unknown as WebSocket;
    },
    wait: (run) => waits.push(run),
    stop: () => undefined,
    now: () => 0,
  });
  connection.connect();
  wires[0]!.open();
  wires[0]!.start();
  return { connection, wires, waits, events, links, afresh: () => afresh };
}

test('a lost connection is taken up after the last number, with the token, and greets no more', () => {
  const t = connected();
  t.wires[0]!.say({ seq: 7n, event: { case: 'textDelta', value: { text: 'Hel' } } });
  t.wires[0]!.break();
  t.waits.at(-1)!();
  t.wires[1]!.open();
  const first = t.wires[1]!.sent[0]!.event;
  expect(first.case).toBe('sessionStart');
  expect(first.case === 'sessionStart' && first.value.resume).toMatchObject({ sessionId: 's', resumeToken: 'r', afterSeq: 7n });
  expect(first.case === 'sessionStart' && first.value.greet).toBe(false);
  expect(t.links).toEqual(['connecting', 'live', 'reconnecting', 'reconnecting']);
});

test('events that come twice are told once', () => {
  const t = connected();
  for (const seq of [2n, 3n, 3n, 2n, 4n]) t.wires[0]!.say({ seq, event: { case: 'textDelta', value: { text: 'x' } } });
  expect(t.events.filter((e) => e.event.case === 'textDelta').map((e) => e.seq)).toEqual([2n, 3n, 4n]);
});

test('typed text the server has not taken is sent again, what it has taken is not', () => {
  const t = connected();
  t.connection.send({ case: 'textInput', value: { text: 'one' } });
  t.connection.send({ case: 'textInput', value: { text: 'two' } });
  t.wires[0]!.break();
  t.connection.send({ case: 'textInput', value: { text: 'three' } });
  t.waits.at(-1)!();
  t.wires[1]!.open();
  t.wires[1]!.start(0n, 1n);
  expect(t.wires[1]!.sent.slice(1).map((e) => [e.clientSeq, e.event.value])).toMatchObject([[2n, { text: 'two' }], [3n, { text: 'three' }]]);
});

test('microphone audio is dropped while the line is down or clogged', () => {
  const t = connected();
  const chunk = { case: 'audioChunk', value: { data: new Uint8Array(640) } } as const;
  t.connection.sendNow(chunk);
  t.wires[0]!.bufferedAmount = 100_000;
  t.connection.sendNow(chunk);
  t.wires[0]!.break();
  t.connection.sendNow(chunk);
  expect(t.wires[0]!.sent.filter((e) => e.event.case === 'audioChunk')).toHaveLength(1);
});

test('a session that is gone begins afresh and says so', () => {
  const t = connected();
  t.wires[0]!.break();
  t.waits.at(-1)!();
  t.wires[1]!.open();
  t.wires[1]!.say({ event: { case: 'problem', value: { reason: Reason.SESSION_NOT_FOUND } } });
  t.wires[2]!.open();
  const first = t.wires[2]!.sent[0]!.event;
  expect(first.case === 'sessionStart' && first.value.resume).toBeUndefined();
  expect(t.afresh()).toBe(1);
});

test('a server that goes away is left for a new connection at once', () => {
  const t = connected();
  t.wires[0]!.say({ seq: 9n, event: { case: 'goAway', value: {} } });
  expect(t.wires).toHaveLength(2);
});

test('a page that was loaded again comes back to its session and goes on counting', () => {
  const wires: Wire[] = [];
  const connection = new Connection('ws://x', { characterId: 'ada', clientId: 'c', greet: true }, { event: () => undefined, link: () => undefined, afresh: () => undefined }, {
    open: () => (wires.push(new Wire()), wires.at(-1) as unknown as WebSocket), wait: () => 0, stop: () => undefined, now: () => 0,
  }, { sessionId: 's', resumeToken: 'r', clientId: 'c', lastSeq: 40n, clientSeq: 3n });
  connection.connect();
  wires[0]!.open();
  const first = wires[0]!.sent[0]!.event;
  expect(first.case === 'sessionStart' && first.value).toMatchObject({ greet: false, clientId: 'c', resume: { sessionId: 's', resumeToken: 'r', afterSeq: 40n } });
  connection.send({ case: 'textInput', value: { text: 'typed before the answer' } });
  wires[0]!.start(0n, 3n);
  expect(wires[0]!.sent.at(-1)!.clientSeq).toBe(4n);
});

test('whoever is signed in shows a new ticket at each connection; one that cannot be had is asked for again', async () => {
  const opened: (readonly string[])[] = [];
  const waits: (() => void)[] = [];
  const tickets = [Promise.reject(new Error('not now')), Promise.resolve(['parley.ticket.1'])];
  const connection = new Connection('ws://x', {}, { event: () => undefined, link: () => undefined, afresh: () => undefined }, {
    open: (_, protocols) => (opened.push(protocols), new Wire() as unknown as WebSocket), tickets: () => tickets.shift()!, wait: (run) => waits.push(run), stop: () => undefined, now: () => 0,
  });
  connection.connect();
  await expect.poll(() => waits.length).toBe(1);
  expect(opened).toEqual([]);
  waits[0]!();
  await expect.poll(() => opened).toEqual([['parley.v1', 'parley.ticket.1']]);
});

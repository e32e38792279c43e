import { create, fromJson, toJson, type DescMethodUnary, type JsonObject } from '@bufbuild/protobuf';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ParleyError } from '../errors.js';
import { ConversationService } from '../gen/parley/conversation/v1/conversation_service_pb.js';
import { ClientEventSchema, SessionStartSchema, SessionStartedSchema } from '../gen/parley/conversation/v1/event_pb.js';
import type { Door, Parley } from '../parley.js';
import { Heard, type Step } from './heard.js';
import { Broken, expectMatch, type Json } from './matching.js';

const CHUNK_BYTES = 3200; // 100 ms of 16 kHz.
const PATIENCE_MS = 30_000;

export interface Script {
  name: string;
  file: string;
  doors?: Door[];
  needs?: string[];
  character: Step;
  steps: Step[];
}

const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** One golden conversation, played once through one door. */
export class Play {
  private readonly variables = new Map<string, string>();
  private readonly heard = new Map<string, Heard>();
  private readonly character: string;

  constructor(
    private readonly parley: Parley,
    private readonly door: Door,
    private readonly script: Script,
  ) {
    const run = crypto.randomUUID().slice(24);
    this.character = `golden-${run}`;
    this.variables.set('run', run).set('character', this.character);
  }

  async run(): Promise<void> {
    const character = { ...(this.filled(this.script.character) as Step), id: this.character };
    const made = await this.parley.http('POST', '/v1/characters', JSON.stringify({ character }));
    if (!made.ok) throw new Broken(`no character: ${await made.text()}`);
    for (const [i, step] of this.script.steps.entries()) {
      const [verb, content] = Object.entries(step)[0]!;
      try {
        await this.step(verb, this.filled(content) as Step);
      } catch (wrong) {
        throw new Broken(`step ${i + 1} (${verb}): ${wrong instanceof Broken ? wrong.message : ParleyError.from(wrong)}`);
      }
    }
    this.heard.forEach((one) => one.rules());
  }

  async close(): Promise<void> {
    this.heard.forEach((one) => one.conversation.close());
    await this.parley.http('DELETE', `/v1/characters/${this.character}`);
  }

  private async step(verb: string, step: Step): Promise<void> {
    switch (verb) {
      case 'open':
        return this.open(step);
      case 'send':
        return this.on(step).conversation.send(fromJson(ClientEventSchema, step.event!));
      case 'speak':
        return this.speak(step);
      case 'until':
        return this.save(step, await this.on(step).until(step));
      case 'cut':
        return this.on(step).conversation.cut();
      case 'close':
        return this.on(step).conversation.close();
      case 'call':
        return this.call(step);
      case 'voice':
        return this.voice(step);
      case 'same':
        return this.same(step);
      default:
        throw new Broken('no such step');
    }
  }

  private on(step: Step): Heard {
    return this.heard.get(step.on as string)!;
  }

  private filled(value: Json): Json {
    if (Array.isArray(value)) return value.map((inner) => this.filled(inner));
    if (value !== null && typeof value === 'object') {
      return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, this.filled(inner)]));
    }
    if (typeof value !== 'string') return value;
    return value.replace(/\$\{([^}]+)}/g, (_, name: string) => {
      const known = this.variables.get(name);
      if (known === undefined) throw new Broken(`\${${name}} was never saved`);
      return known;
    });
  }

  private save(step: Step, source: Step): void {
    for (const [name, path] of Object.entries((step.save as Record<string, string>) ?? {})) {
      const value = path.split('.').reduce((at, part) => at[part] as Step, source) as unknown;
      this.variables.set(name, String(value));
    }
  }

  private async open(step: Step): Promise<void> {
    const name = step.as as string;
    let one: Heard;
    try {
      one = new Heard(await this.parley.converse(fromJson(SessionStartSchema, step.start!), this.door));
      for (let event = await one.next(PATIENCE_MS); event && !('sessionStarted' in event); ) event = await one.next(PATIENCE_MS);
    } catch (refused) {
      return refusedAs(step, ParleyError.from(refused));
    }
    this.heard.set(name, one);
    const { session } = one.conversation;
    answered(step, toJson(SessionStartedSchema, session) as Step);
    this.variables.set(`${name}.session`, session.sessionId).set(`${name}.token`, session.resumeToken).set(`${name}.client`, session.clientId);
  }

  private async speak(step: Step): Promise<void> {
    const wav = await readFile(join(dirname(this.script.file), step.wav as string));
    const { conversation } = this.on(step);
    const begin = Date.now();
    for (let at = 44, due = begin + 100; at < wav.length; at += CHUNK_BYTES, due += 100) {
      await conversation.send(create(ClientEventSchema, { event: { case: 'audioChunk', value: { data: wav.subarray(at, at + CHUNK_BYTES) } } }));
      await sleep(Math.max(0, due - Date.now()));
    }
    await conversation.send(create(ClientEventSchema, { event: { case: 'endOfInput', value: {} } }));
  }

  private async call(step: Step): Promise<void> {
    for (const end = Date.now() + 1000 * ((step.within_s as number) ?? 0); ; await sleep(200)) {
      try {
        return await this.callOnce(step);
      } catch (wrong) {
        if (!(wrong instanceof Broken) || Date.now() > end) throw wrong;
      }
    }
  }

  private async callOnce(step: Step): Promise<void> {
    const method = ConversationService.methods.find(({ name }) => name === step.method) as DescMethodUnary;
    let answer: Step;
    try {
      const request = fromJson(method.input, step.request as JsonObject);
      answer = toJson(method.output, await this.parley.call(method, request, step.http as string, this.door)) as Step;
    } catch (refused) {
      return refusedAs(step, ParleyError.from(refused));
    }
    answered(step, answer);
    this.save(step, answer);
  }

  private async voice(step: Step): Promise<void> {
    const told = this.on(step).voice(step.turn as string);
    const answer = await this.parley.http('GET', `/v1/turns/${step.turn as string}/audio`);
    const kept = Buffer.from(await answer.arrayBuffer()).subarray(44);
    const same = Math.min(told.length, kept.length);
    if (Math.abs(told.length - kept.length) > 2 || !told.subarray(0, same).equals(kept.subarray(0, same))) {
      throw new Broken(`heard ${told.length} bytes of voice, kept are ${kept.length}, or they differ`);
    }
  }

  private same(step: Step): void {
    const kinds = step.kinds as string[];
    const told = (step.as as string[]).map((name) =>
      this.heard.get(name)!.all.map(({ json }) => json).filter((json) => kinds.some((kind) => kind in json)),
    );
    const [first = [], ...others] = told.map((one) => one.map((json) => JSON.stringify(json)));
    if (!first.length || others.some((one) => one.join() !== first.join())) throw new Broken(`told different things: ${told.map((one) => one.length)}`);
  }
}

function answered(step: Step, answer: Step): void {
  if (step.error) throw new Broken(`answered, expected ${JSON.stringify(step.error)}`);
  expectMatch(step.answer ?? {}, answer, 'answer');
}

function refusedAs(step: Step, refused: ParleyError): void {
  if (!step.error) throw refused;
  const { code, reason, message, violations, retryAfterMs, quotas } = refused;
  const retryAfterS = retryAfterMs === undefined ? null : retryAfterMs / 1000;
  expectMatch(step.error, { code, reason, message, fields: violations.map(({ field }) => field), retryAfterS, quotas }, 'error');
}

import { toJson } from '@bufbuild/protobuf';
import type { Conversation } from '../conversation.js';
import { ServerEventSchema, type ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import { Broken, expectMatch, fits, mismatch, type Json } from './matching.js';

export type Step = { [name: string]: Json };

interface One {
  event: ServerEvent;
  json: Step;
}

/** A conversation and all that was heard of it. */
export class Heard {
  readonly all: One[] = [];
  private judged = 0;

  constructor(readonly conversation: Conversation) {}

  async next(limitMs: number): Promise<Step | undefined> {
    const event = await this.conversation.next(limitMs);
    if (!event) return undefined;
    const json = toJson(ServerEventSchema, event) as Step;
    this.all.push({ event, json });
    return json;
  }

  /** Reads up to the event that a step waits for, judges what came, and gives that event. */
  async until(step: Step): Promise<Step> {
    const limitMs = 1000 * ((step.within_s as number) ?? 30);
    const wanted = step.event as Step;
    for (const end = Date.now() + limitMs; Date.now() < end; ) {
      const json = await this.next(limitMs);
      if (!json) throw new Broken(`the session ended before ${JSON.stringify(wanted)}`);
      if (fits(wanted, json)) {
        this.judge(step);
        return json;
      }
      if ('turnCompleted' in json && 'turnCompleted' in wanted && !('turnId' in wanted)) throw new Broken(mismatch(wanted, json, 'event'));
      if (step.slowly_ms) await new Promise((resolve) => setTimeout(resolve, step.slowly_ms as number));
    }
    throw new Broken(`never came: ${JSON.stringify(wanted)}`);
  }

  private judge(step: Step): void {
    const came = this.all.slice(this.judged).map(({ json }) => json);
    this.judged = this.all.length;
    let at = 0;
    for (const wanted of (step.see as Step[]) ?? []) {
      while (at < came.length && !fits(wanted, came[at])) at++;
      if (at++ === came.length) throw new Broken(`not seen, or not in this order: ${JSON.stringify(wanted)}`);
    }
    for (const unwanted of (step.never as Step[]) ?? []) {
      const found = came.find((json) => fits(unwanted, json));
      if (found) throw new Broken(`came, but never should: ${JSON.stringify(found)}`);
    }
    if (step.text) {
      const text = came.map((json) => (json.textDelta as Step | undefined)?.text ?? '').join('');
      expectMatch(step.text, text, 'text');
    }
  }

  /** What holds for every conversation, however often its connection broke. */
  rules(): void {
    let last = 0n;
    const voice = new Map<string, bigint>();
    const words = new Map<string, bigint>();
    for (const { event: { seq, turnId, mediaTimeUs = 0n, event } } of this.all) {
      if (seq > 0n && seq <= last) throw new Broken(`rule: seq ${seq} came after ${last}`);
      if (seq > last) last = seq;
      if (event.case === 'audioDelta') {
        const due = voice.get(turnId) ?? mediaTimeUs;
        if (mediaTimeUs !== due) throw new Broken(`rule: voice at ${mediaTimeUs} us (expected ${due})`);
        voice.set(turnId, due + event.value.durationUs);
      } else if (event.case === 'wordSpoken') {
        const start = event.value.span?.startUs ?? 0n;
        if (start < (words.get(turnId) ?? 0n)) throw new Broken(`rule: word at ${start} us came late`);
        words.set(turnId, start);
      }
    }
  }

  /** The sound of a turn. */
  voice(turn: string): Buffer {
    return Buffer.concat(this.all.flatMap(({ event: { turnId, event } }) => (turnId === turn && event.case === 'audioDelta' ? [event.value.data] : [])));
  }
}

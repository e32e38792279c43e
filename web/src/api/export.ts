import { toJson } from '@bufbuild/protobuf';
import { SessionSchema, TurnSchema, type Session } from '../gen/parley/conversation/v1/turn_pb.js';
import { PersonSchema, type Person } from '../gen/parley/identity/v1/identity_pb.js';
import { ItemSchema } from '../gen/parley/memory/v1/recollection_service_pb.js';
import { listTurns, sessionPages } from './client';
import { recollections } from './knowledge';

/** Everything that is kept of the person, as JSON text: profile, talks with their turns, memories. */
export async function exportMine(person: Person | undefined, withMemories: boolean): Promise<string> {
  const sessions: unknown[] = [];
  for await (const session of sessionPages()) sessions.push(await talk(session));
  const memories: unknown[] = [];
  if (withMemories) {
    for await (const { item } of recollections.exportItems({}, { timeoutMs: 0 })) if (item) memories.push(toJson(ItemSchema, item));
  }
  return `${JSON.stringify({ person: person && toJson(PersonSchema, person), sessions, memories }, null, 2)}\n`;
}

async function talk(session: Session): Promise<unknown> {
  const turns = await listTurns(session.id, Infinity);
  return { session: toJson(SessionSchema, session), turns: turns.map((t) => toJson(TurnSchema, t)) };
}

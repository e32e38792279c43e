import { toJson, type JsonValue } from '@bufbuild/protobuf';
import { SessionSchema, TurnSchema } from '../gen/parley/conversation/v1/turn_pb.js';
import { PersonSchema } from '../gen/parley/identity/v1/identity_pb.js';
import { ItemSchema } from '../gen/parley/memory/v1/recollection_service_pb.js';
import { privacy } from './knowledge';

/** Everything that is kept of the person, as JSON text: profile, talks with their turns, memories. */
export async function exportMine(): Promise<string> {
  let profile: JsonValue = null;
  const sessions: { session: JsonValue; turns: JsonValue[] }[] = [];
  const memories: JsonValue[] = [];
  for await (const { piece } of privacy.exportMe({}, { timeoutMs: 0 })) {
    if (piece.case === 'profile') profile = toJson(PersonSchema, piece.value);
    else if (piece.case === 'session') sessions.push({ session: toJson(SessionSchema, piece.value), turns: [] });
    else if (piece.case === 'turn') sessions.at(-1)?.turns.push(toJson(TurnSchema, piece.value));
    else if (piece.case === 'memory') memories.push(toJson(ItemSchema, piece.value));
  }
  return `${JSON.stringify({ profile, sessions, memories }, null, 2)}\n`;
}

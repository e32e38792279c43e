import type { ConnectRouter } from '@connectrpc/connect';
import { CharacterService } from '../src/gen/parley/character/v1/character_service_pb.js';
import { ConversationService } from '../src/gen/parley/conversation/v1/conversation_service_pb.js';
import { TurnState } from '../src/gen/parley/conversation/v1/turn_pb.js';
import type { FakeTalk } from './fake-talk';
import { receipt } from './fake-voice';

const PEOPLE = [
  { id: 'ada', displayName: 'Ada', description: 'Curious about how things work.', avatar: { avatarId: 'elena', background: '#5f8b86' }, builtIn: true },
  { id: 'bruno', displayName: 'Marcus', description: 'Dry humour, patient answers.', avatar: { avatarId: 'david', background: '#6d7a94' } },
  { id: 'carol', displayName: 'Zuri', description: 'Warm, quick and full of stories.', avatar: { avatarId: 'amara', background: '#a98b62' } },
];

/** Characters, and one earlier talk. */
export function sessionRoutes(router: ConnectRouter, talk: FakeTalk): void {
  const now = { seconds: BigInt(Math.floor(Date.now() / 1000)) };
  const session = { id: 's1', characterId: 'bruno', title: 'How do glaciers move?', turnCount: 2, updateTime: now };
  const turn = { id: 't1', sessionId: 's1', state: TurnState.COMPLETED, inputText: 'How do glaciers move?', replyText: 'Slowly, and under their own weight.', receipt: receipt(6, 0) };
  router.service(CharacterService, { listCharacters: () => ({ characters: PEOPLE }) });
  router.service(ConversationService, { listSessions: () => ({ sessions: [session] }), listTurns: ({ sessionId }) => ({ turns: sessionId === 's1' ? [turn] : talk.over }) });
}

import { ConnectError, createClient } from '@connectrpc/connect';
import { CharacterService } from '../gen/parley/character/v1/character_service_pb.js';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { ConversationService } from '../gen/parley/conversation/v1/conversation_service_pb.js';
import type { Session, Turn } from '../gen/parley/conversation/v1/turn_pb.js';
import { transport } from './transport';

export const characters = createClient(CharacterService, transport);
const conversations = createClient(ConversationService, transport);

export async function listCharacters(): Promise<Character[]> {
  return (await characters.listCharacters({})).characters;
}

export async function listSessions(): Promise<Session[]> {
  return (await conversations.listSessions({ pageSize: 50 })).sessions;
}

/** The turns of a session, oldest first; two thousand, or a few more. */
export async function listTurns(sessionId: string): Promise<Turn[]> {
  const turns: Turn[] = [];
  let pageToken = '';
  do {
    const page = await conversations.listTurns({ sessionId, pageSize: 200, pageToken });
    turns.push(...page.turns);
    pageToken = page.nextPageToken;
  } while (pageToken && turns.length < 2000);
  return turns;
}

export async function deleteSession(sessionId: string): Promise<void> {
  await conversations.deleteSession({ sessionId });
}

export function modelUrl(avatarId: string): string {
  return `/v1/avatars/${encodeURIComponent(avatarId)}/model`;
}

export function pictureUrl(avatarId: string): string {
  return `/v1/avatars/${encodeURIComponent(avatarId)}/picture`;
}

/** Avatars whose cut-out portraits come with the page; `npm run portraits` draws them. */
const PORTRAITS = ['elena', 'david', 'amara'];

export function portraitUrl(avatarId: string): string | undefined {
  return PORTRAITS.includes(avatarId) ? `/portraits/${avatarId}.webp` : undefined;
}

export function socketUrl(): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/v1/sessions:connect`;
}

/** What went wrong, for a person. */
export function reasonOf(error: unknown): string {
  return ConnectError.from(error).rawMessage || 'the server gave no reason';
}

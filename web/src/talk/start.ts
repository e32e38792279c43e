import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { AttachMode, Tier } from '../gen/parley/conversation/v1/event_pb.js';
import { AudioEncoding } from '../gen/parley/type/v1/audio_pb.js';
import type { StartInit } from './connection';
import { OUTPUT_HZ } from './delivery';

/** What is taken while the face is drawn here, and while the server draws it. */
export const FACE = [Tier.TEXT, Tier.AUDIO, Tier.FACE];
export const VIDEO = [Tier.TEXT, Tier.VIDEO];

/** How the page begins a conversation. */
export function startOf(character: Character, clientId: string): StartInit {
  return {
    characterId: character.id,
    clientId,
    tiers: FACE,
    inputAudio: { encoding: AudioEncoding.PCM_S16LE, sampleRateHz: 16_000, channels: 1 },
    outputAudio: { encoding: AudioEncoding.PCM_S16LE, sampleRateHz: OUTPUT_HZ, channels: 1 },
    video: { width: 512, height: 512, background: character.avatar?.background ?? '' },
    faceRateHz: 60,
    attachMode: AttachMode.UNSPECIFIED,
    greet: true,
  };
}

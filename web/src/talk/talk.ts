import type { Heard } from '../audio/media-clock';
import type { Mood } from '../face/idle';
import { Reason } from '../gen/parley/type/v1/reason_pb.js';
import type { Link } from './connection';
import type { ServerEvent } from '../gen/parley/conversation/v1/event_pb.js';
import { follow, isRunning, type Exchange } from './transcript';

/** Something the person should know, with what to do about it. */
export interface Notice {
  readonly title: string;
  readonly advice: string;
}

/** What the page shows of a conversation; replaced as a whole at every change. */
export interface Talk {
  readonly link: Link;
  readonly exchanges: readonly Exchange[];
  /** What the person is saying, so far. */
  readonly hearing: string;
  /** Typed or spoken, not yet answered. */
  readonly waiting: string;
  /** The recogniser was not sure of what waits. */
  readonly uncertain: boolean;
  readonly microphone: 'off' | 'opening' | 'on';
  readonly mood: Mood;
  readonly paused: boolean;
  readonly video: boolean;
  readonly speaker: boolean;
  /** The browser keeps the sound off until the person does something. */
  readonly silent: boolean;
  readonly notice?: Notice;
}

export const START: Talk = {
  link: 'connecting', exchanges: [], hearing: '', waiting: '', uncertain: false, microphone: 'off', mood: 'quiet',
  paused: false, video: false, speaker: true, silent: false,
};

/** The talk after an event; the same when it changes nothing. */
export function after(talk: Talk, event: ServerEvent): Talk {
  const told = toldBy(event);
  const exchanges = follow(talk.exchanges, event, talk.uncertain);
  return told || exchanges !== talk.exchanges ? { ...talk, ...told, exchanges } : talk;
}

function toldBy({ event: it }: ServerEvent): Partial<Talk> | undefined {
  switch (it.case) {
    case 'sessionStarted':
      return { speaker: it.value.speaker };
    case 'transcript':
      return it.value.final ? { hearing: '', waiting: it.value.text, uncertain: it.value.uncertain } : { hearing: it.value.text };
    case 'turnStarted':
      return { waiting: '', hearing: '', uncertain: false };
    case 'paused':
    case 'resumed':
      return { paused: it.case === 'paused' };
    // What waited for the person to finish is cut; the next answer must not wait as well.
    case 'interrupted':
      return { paused: false };
    case 'problem': {
      const notice = noticeOf(it.value.reason, it.value.message);
      return notice && { waiting: '', notice };
    }
    case 'sessionEnded':
      return { notice: { title: 'The conversation has ended', advice: 'Choose a character to begin a new one.' } };
    default:
      return undefined;
  }
}

/** What the character does, as the person perceives it. */
export function moodOf(talk: Talk, heard: Heard | undefined): Mood {
  if (talk.hearing) return 'hearing';
  if (heard?.running) return 'speaking';
  const running = talk.exchanges.findLast(isRunning);
  if (talk.waiting || (running && running.words.length === 0)) return 'thinking';
  if (running) return 'speaking';
  return talk.microphone === 'on' ? 'hearing' : 'quiet';
}

/** What a problem means to a person; nothing for those that only the receipt tells. */
export function noticeOf(reason: Reason, message: string): Notice | undefined {
  if (reason === Reason.LEFT_OUT || reason === Reason.TEXT_SKIPPED) return undefined;
  if (reason === Reason.SPEAKER_TAKEN) {
    return { title: 'This conversation is open elsewhere', advice: 'Close the other window, or take it over here.' };
  }
  return { title: message || 'Something went wrong', advice: ADVICE[reason] ?? 'Try again in a moment.' };
}

const ADVICE: Partial<Record<Reason, string>> = {
  [Reason.MODEL_FAILED]: 'The answer may be shorter than usual. Check the model server, or go on without it.',
  [Reason.SPEECH_FAILED]: 'The words are shown; the voice comes back with the next answer.',
  [Reason.RENDER_FAILED]: 'The voice goes on; the face comes back with the next answer.',
  [Reason.RECOGNITION_FAILED]: 'Say it again, or type it.',
  [Reason.CHARACTER_NOT_FOUND]: 'Choose another character.',
  [Reason.OVERLOADED]: 'The server has much to do. Try again in a minute.',
  [Reason.TOO_LARGE]: 'Send less at once.',
};

import { useCallback, useEffect, useRef, useState } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { Bookmark } from '../talk/bookmark';
import { Conversation } from '../talk/conversation';
import type { Beside } from './RoomBar';

interface Talking {
  readonly conversation?: Conversation;
  /** What stands beside it at first. */
  readonly beside: Beside;
  /** A conversation of before is about to be taken up. */
  readonly waiting: boolean;
  pick(character: Character, beside?: Beside): void;
  leave(): void;
}

/** The conversation of the page, if there is one; the one of the page that was here before is taken up. */
export function useTalk(characters: readonly Character[], resumes: boolean): Talking {
  const [{ conversation, beside }, set] = useState<{ conversation?: Conversation; beside: Beside }>({ beside: '' });
  const [kept, setKept] = useState(() => (resumes ? Bookmark.read() : undefined));
  const current = useRef<Conversation>(undefined);
  const show = useCallback((next: Conversation | undefined, first: Beside = '') => {
    void current.current?.close();
    current.current = next;
    set({ conversation: next, beside: first });
    setKept(undefined);
  }, []);
  useEffect(() => {
    if (!kept || characters.length === 0) return;
    const character = characters.find((c) => c.id === kept.characterId);
    show(character && new Conversation(character, kept));
  }, [kept, characters, show]);
  useEffect(() => () => void current.current?.close(), []);
  const pick = useCallback((character: Character, first?: Beside) => show(new Conversation(character), first), [show]);
  const leave = useCallback(() => show(undefined), [show]);
  return { conversation, beside, waiting: kept !== undefined, pick, leave };
}

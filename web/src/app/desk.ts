import { createContext, useContext, useEffect, useState } from 'react';
import type { Knowledge } from '../api/knowledge';

/** A place in a document to open: its page, and the passage to mark there. */
export interface Place {
  readonly documentId: string;
  /** Physical page or section, from 1; 0 for where the passage begins. */
  readonly page: number;
  readonly chunkId?: string;
  /** A sentence of the passage; marked in place of all of it. */
  readonly quote?: string;
}

/** What every part of the page may use: which services there are, and the reader. */
export interface Desk extends Knowledge {
  read(place: Place): void;
}

export const DeskContext = createContext<Desk>({ documents: false, memories: false, read: () => undefined });

export function useDesk(): Desk {
  return useContext(DeskContext);
}

/** Asked once the server answers; nothing is shown until then. */
export function useKnowledge(answers: boolean): Knowledge {
  const [known, setKnown] = useState<Knowledge>({ documents: false, memories: false });
  useEffect(() => {
    if (!answers) return;
    let gone = false;
    void import('../api/knowledge').then((m) => m.knowledge()).then((k) => !gone && setKnown(k), () => undefined);
    return () => {
      gone = true;
    };
  }, [answers]);
  return known;
}

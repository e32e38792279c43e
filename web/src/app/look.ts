import { useEffect, useMemo, useState, type CSSProperties } from 'react';
import type { Character } from '../gen/parley/character/v1/character_pb.js';
import { atmosphere, type Atmosphere } from '../face/atmosphere';

/** Whether the page is dark now. */
export function useDark(): boolean {
  const [dark, setDark] = useState(scheme().matches);
  useEffect(() => {
    const query = scheme();
    const changed = (): void => setDark(query.matches);
    query.addEventListener('change', changed);
    return () => query.removeEventListener('change', changed);
  }, []);
  return dark;
}

/** A character's colours in the page's scheme, as colours and as a style. */
export function useLook(character: Character): { colours: Atmosphere; style: CSSProperties } {
  const dark = useDark();
  const background = character.avatar?.background ?? '';
  return useMemo(() => {
    const colours = atmosphere(background, dark);
    return { colours, style: styleOf(colours) };
  }, [background, dark]);
}

function styleOf(c: Atmosphere): CSSProperties {
  return { '--top': c.top, '--low': c.low, '--glow': c.glow, '--accent': c.accent, '--on-accent': c.onAccent } as CSSProperties;
}

function scheme(): MediaQueryList {
  return matchMedia('(prefers-color-scheme: dark)');
}

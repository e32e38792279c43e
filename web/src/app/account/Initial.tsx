import type { CSSProperties } from 'react';

/** The first letter of a name, in a colour that stays with the name. */
export function Initial({ name }: { name: string }) {
  const hue = Array.from(name).reduce((sum, c) => (sum * 31 + c.codePointAt(0)!) % 360, 7);
  return <span className="face-letter" style={{ '--hue': hue } as CSSProperties} aria-hidden="true">{(Array.from(name.trim())[0] ?? '?').toUpperCase()}</span>;
}

import { expect, test } from 'vitest';
import { Acks } from '../src/talk/acks';
import { captionOf, windowAround } from '../src/talk/captions';
import { litUntil, type Exchange } from '../src/talk/transcript';
import { atmosphere, channels } from '../src/face/atmosphere';
import { TurnState } from '../src/gen/parley/conversation/v1/turn_pb.js';

const WORDS = 'The tide turns twice a day, and the harbour turns with it.';

function exchange(reply: string, part: Partial<Exchange> = {}): Exchange {
  const words = Array.from(reply.matchAll(/\S+/g), (m, i) => ({ from: m.index, to: m.index + m[0].length, startUs: i * 300_000, endUs: (i + 1) * 300_000 }));
  return { id: 't', input: '', uncertain: false, reply, words, cut: '', state: TurnState.RUNNING, sources: [], ...part };
}

function shown(e: Exchange, us: number): string {
  return captionOf(e, litUntil(e, us)).map((w) => `${w.as[0]}:${w.text.trim()}`).join(' ');
}

test('a word is lit from the moment it is spoken, the next one not yet', () => {
  const e = exchange('The tide turns.');
  expect(shown(e, -1)).toBe('a:The a:tide a:turns.');
  expect(shown(e, 300_000)).toBe('l:The l:tide a:turns.');
  expect(shown(e, 2_000_000)).toBe('l:The l:tide l:turns.');
});

test('what was cut is shown as cut, however far the clock is', () => {
  const e = exchange('The tide turns twice.', { state: TurnState.INTERRUPTED, cut: 'turns twice.' });
  expect(shown(e, 9_000_000)).toBe('l:The l:tide c:turns c:twice.');
});

test('what was cut is shown as cut also when the rest of it never came', () => {
  const e = exchange('The tide turns twice.', { state: TurnState.INTERRUPTED, heard: 'The tide', cut: ' turns twice. And the harbour with it.' });
  expect(shown(e, 9_000_000)).toBe('l:The l:tide c:turns c:twice.');
});

test('a reply stopped before its first word was heard is struck whole', () => {
  const e = exchange('The tide turns.', { state: TurnState.CANCELLED, heard: '', cut: 'The tide turns. Twice a day.' });
  expect(shown(e, 9_000_000)).toBe('c:The c:tide c:turns.');
});

test('a reply that was cut at the end of a sentence shows what nobody heard', () => {
  const heard = `${WORDS} Nobody can hurry it, whoever they are, and that is a comfort.`;
  const cut = 'Harbours know it well, and so do the people who live in them.';
  const e = exchange(`${heard} ${cut}`, { state: TurnState.INTERRUPTED, cut });
  expect(captionOf(e, heard.length).some((w) => w.as === 'cut')).toBe(true);
});

test('a caption is never longer than fits, holds the spoken word, and only whole words', () => {
  const text = Array.from({ length: 6 }, (_, i) => `${WORDS.slice(0, -1)} ${'and on '.repeat(i * 6)}until dusk.`).join(' ');
  for (let at = 0; at <= text.length; at++) {
    const { from, to } = windowAround(text, at);
    expect(to - from).toBeLessThanOrEqual(131);
    expect(from).toBeLessThanOrEqual(Math.max(0, at - 1));
    expect(to).toBeGreaterThanOrEqual(at);
    if (from > 0) expect(text[from - 1]).toBe(' ');
    if (to < text.length) expect(text[to - 1]).toBe(' ');
  }
});

test('text without a single space is shown in pieces too', () => {
  const { from, to } = windowAround('x'.repeat(1000), 500);
  expect(to - from).toBeLessThanOrEqual(130);
  expect(from).toBeLessThanOrEqual(500);
});

test('an acknowledgement is sent for what is new only, and never goes backwards in a turn', () => {
  const acks = new Acks();
  const at = (turn: string, us: number) => acks.after({ turn, us, running: true })?.playedUs;
  expect([at('a', -5), at('a', 100), at('a', 100), at('a', 90), at('a', 200), at('b', 10)]).toEqual([undefined, 100n, undefined, undefined, 200n, 10n]);
  expect(acks.after(undefined)).toBeUndefined();
});

/** Contrast as in WCAG 2.2. */
function contrast(a: string, b: string): number {
  const light = (hex: string): number => {
    const [r, g, bl] = channels(hex).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)) as [number, number, number];
    return 0.2126 * r + 0.7152 * g + 0.0722 * bl;
  };
  const [high, low] = [light(a), light(b)].sort((x, y) => y - x) as [number, number];
  return (high + 0.05) / (low + 0.05);
}

test('whatever colour a character has, its buttons and its captions can be read', () => {
  for (const background of ['#26303b', '#2f2a26', '#22382e', '#ff0000', '#ffff00', '#0000ff', '#808080', '', 'nonsense']) {
    for (const dark of [false, true]) {
      const c = atmosphere(background, dark);
      expect(contrast(c.accent, c.onAccent)).toBeGreaterThan(4.5);
      expect(contrast(c.accent, c.low)).toBeGreaterThan(4.5);
      expect(contrast(dark ? '#f1f0ee' : '#16191c', c.top)).toBeGreaterThan(7);
    }
  }
});

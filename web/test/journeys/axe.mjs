import assert from 'node:assert/strict';
import { AxeBuilder } from '@axe-core/playwright';

const LOOKS = [
  { colorScheme: 'light', width: 1100, height: 760 },
  { colorScheme: 'dark', width: 1100, height: 760 },
  { colorScheme: 'light', width: 390, height: 844 },
];

/** axe finds nothing here, in the light, in the dark and on a phone. */
export async function flawless(page, where) {
  for (const { colorScheme, ...size } of LOOKS) {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize(size);
    await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
    const { violations } = await new AxeBuilder({ page }).analyze();
    const found = violations.map((v) => `${v.id}: ${v.nodes.map((n) => `${n.target.join(' ')} (${n.any.map((a) => a.message).join(' ')})`).join(', ')}`);
    assert.deepEqual(found, [], `${where}, ${colorScheme}, ${size.width} wide`);
  }
  await page.setViewportSize({ width: LOOKS[0].width, height: LOOKS[0].height });
}

import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, it } from 'vitest';
import { openBrowser } from './browser';
import { FakeServer } from './fake-server';

const OUT = join(import.meta.dirname, 'shots');

/** Pictures for looking at: `SHOTS=1 npx vitest run test/shots.test.ts`. */
describe.runIf(process.env.SHOTS)('pictures of the page', () => {
  let server: FakeServer;
  beforeAll(async () => {
    mkdirSync(OUT, { recursive: true });
    server = await FakeServer.start();
  });
  afterAll(() => server.stop());

  const looks = [
    { name: 'desktop-light', viewport: { width: 1360, height: 840 }, colorScheme: 'light' as const, person: 'Ada' },
    { name: 'desktop-dark', viewport: { width: 1360, height: 840 }, colorScheme: 'dark' as const, person: 'Marcus' },
    { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const, person: 'Zuri' },
  ].filter((l) => !process.env.ONLY || l.name.includes(process.env.ONLY));
  it.each(looks)('$name', async ({ name, person, ...options }) => {
    const { context, page, errors } = await openBrowser(options);
    await page.goto(server.url);
    await page.getByRole('button', { name: person }).first().waitFor();
    await page.screenshot({ path: join(OUT, `${name}-1-welcome.png`) });
    await page.getByRole('button', { name: person }).first().click();
    await page.locator('.face[data-state=shown]').waitFor({ timeout: 40_000 });
    await page.waitForTimeout(1500);
    await page.screenshot({ path: join(OUT, `${name}-2-greeting.png`) });
    await page.getByRole('textbox').fill('What do you know about the sea?');
    await page.keyboard.press('Enter');
    await page.waitForTimeout(3500);
    await page.getByRole('button', { name: 'Transcript' }).click();
    await page.keyboard.press('Escape');
    await page.waitForTimeout(600);
    await page.locator('summary').last().click();
    await page.waitForTimeout(400);
    await page.screenshot({ path: join(OUT, `${name}-3-transcript.png`) });
    console.log(name, errors);
    await context.close();
  });
});

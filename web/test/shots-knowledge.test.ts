import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { openBrowser } from './browser';
import { FakeServer } from './fake-server';
import { answerFromHandbook, fill, QUESTION } from './sample';

const OUT = join(import.meta.dirname, 'shots');
const LOOKS = [
  { name: 'light', viewport: { width: 1360, height: 840 }, colorScheme: 'light' as const },
  { name: 'dark', viewport: { width: 1360, height: 840 }, colorScheme: 'dark' as const },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
].filter((l) => !process.env.ONLY || l.name.includes(process.env.ONLY));

/** Pictures of documents, sources and memories: `SHOTS=1 npx vitest run test/shots-knowledge.test.ts`. */
describe.runIf(process.env.SHOTS)('pictures of what is known', () => {
  let server: FakeServer;
  beforeEach(async () => {
    mkdirSync(OUT, { recursive: true });
    server = await FakeServer.start();
    fill(server);
    answerFromHandbook(server);
  });
  afterEach(() => server.stop());

  it.each(LOOKS)('$name', async ({ name, ...options }) => {
    const { context, page, errors } = await openBrowser(options, process.env.FLAT ? ['--disable-3d-apis'] : undefined);
    page.setDefaultTimeout(15_000);
    let number = 0;
    const shot = async (what: string): Promise<void> => {
      await page.waitForTimeout(700);
      await page.screenshot({ path: join(OUT, `know-${name}-${++number}-${what}.png`) });
    };
    await page.goto(server.url);
    await page.getByRole('button', { name: 'Memories' }).waitFor();
    await page.getByRole('button', { name: /^Ada/ }).click();
    await page.locator('.face:not([data-state=loading])').waitFor({ timeout: 60_000 });
    await documents(page, server, shot);
    await sources(page, shot);
    await memories(page, shot);
    console.log(name, errors);
    await context.close();
  }, 300_000);
});

type Shot = (what: string) => Promise<void>;

async function documents(page: Page, server: FakeServer, shot: Shot): Promise<void> {
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  server.library.stepMs = 700;
  await page.getByLabel('Files to read').setInputFiles([
    { name: 'Tide tables 2026.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(4_000) },
    { name: 'locked contract.pdf', mimeType: 'application/pdf', buffer: Buffer.alloc(4_000) },
    { name: 'photo.png', mimeType: 'image/png', buffer: Buffer.alloc(4_000) },
  ]);
  await page.waitForTimeout(1500);
  await shot('documents');
  await page.getByRole('button', { name: /^Rename or tag “Harbour/ }).click();
  await page.getByRole('button', { name: /^Delete “notes/ }).click();
  await shot('edit');
  await page.getByRole('button', { name: 'Cancel' }).click();
  await page.getByRole('searchbox').fill('double mooring lines');
  await page.locator('.found li').first().waitFor();
  await shot('found');
  await page.locator('.found li button').getByText('Harbour').first().click();
  await page.locator('.reader .page-mark.strong, .reader mark').first().waitFor();
  await shot('reader');
  await page.getByRole('tab', { name: 'Cutting' }).click();
  await shot('cutting');
  await page.getByRole('tab', { name: 'About' }).click();
  await shot('about');
  await page.getByRole('button', { name: 'Close the document', exact: true }).click();
  await page.getByRole('searchbox').fill('');
  await page.getByRole('button', { name: 'Open “notes-on-tides.md”' }).click();
  await page.locator('.passage-card').nth(1).click();
  await shot('reader-text');
  await page.getByRole('button', { name: 'Close the document', exact: true }).click();
  await page.getByRole('button', { name: 'Close the documents' }).click();
}

async function sources(page: Page, shot: Shot): Promise<void> {
  await page.locator('.composer textarea').fill(QUESTION);
  await page.keyboard.press('Enter');
  await page.locator('.source-card[data-lit=true] .page-mark').first().waitFor();
  await shot('source');
  await page.locator('.source-head b').getByText('3').waitFor();
  await shot('source-memory');
  await page.locator('.captions .sources').waitFor();
  await shot('source-after');
  await page.getByRole('button', { name: 'Transcript' }).click();
  await shot('source-transcript');
  await page.getByRole('button', { name: 'Close the transcript' }).click();
}

async function memories(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('button', { name: 'Memories' }).click();
  await page.locator('.memory').first().waitFor();
  await page.getByRole('button', { name: /^Correct “You live in Porto/ }).click();
  await page.getByLabel('What is right').fill('You live in Braga.');
  await shot('correct');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('button', { name: /^Forget “You plan/ }).click();
  await shot('memories');
  await page.getByRole('button', { name: 'Forget everything…' }).click();
  await shot('forget');
  await page.getByLabel(/^Write/).fill('forget me');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Done' }).waitFor();
  await shot('forgotten');
}

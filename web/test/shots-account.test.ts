import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, beforeEach, describe, it } from 'vitest';
import { Role } from '../src/gen/parley/type/v1/access_pb.js';
import { openBrowser } from './browser';
import { FakeServer } from './fake-server';

const OUT = join(import.meta.dirname, 'shots');
const LOOKS = [
  { name: 'light', viewport: { width: 1360, height: 840 }, colorScheme: 'light' as const },
  { name: 'dark', viewport: { width: 1360, height: 840 }, colorScheme: 'dark' as const },
  { name: 'phone', viewport: { width: 390, height: 844 }, colorScheme: 'light' as const },
].filter((l) => !process.env.ONLY || l.name.includes(process.env.ONLY));

/** Pictures of the door and the account: `SHOTS=1 npx vitest run test/shots-account.test.ts`. */
describe.runIf(process.env.SHOTS)('pictures of the account', () => {
  let server: FakeServer;
  beforeEach(async () => {
    mkdirSync(OUT, { recursive: true });
    server = await FakeServer.start({ accounts: 'demanded' });
    const { organisation } = server.identity.put('maya@harbour.example', 'Maya Ortega', 'seven tall herons');
    organisation.displayName = 'Harbour office';
    server.identity.put('noah@harbour.example', 'Noah Lind', 'x', organisation, Role.EDITOR);
    server.identity.put('ines.albuquerque@harbour.example', 'Inês de Albuquerque', 'x', organisation, Role.MEMBER);
  });
  afterEach(() => server.stop());

  it.each(LOOKS)('$name', async ({ name, ...options }) => {
    const { context, page, errors } = await openBrowser(options);
    page.setDefaultTimeout(15_000);
    let number = 0;
    const shot = async (what: string): Promise<void> => {
      await page.waitForTimeout(500);
      await page.screenshot({ path: join(OUT, `account-${name}-${++number}-${what}.png`) });
    };
    await page.goto(server.url);
    await door(page, shot);
    await page.getByRole('button', { name: /^Ada/ }).waitFor();
    await shot('inside');
    await parts(page, shot);
    console.log(name, errors);
    await context.close();
  }, 300_000);
});

type Shot = (what: string) => Promise<void>;

async function door(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await shot('sign-in');
  await page.getByRole('link', { name: 'Make an account' }).click();
  await shot('sign-up');
  await page.goBack();
  await page.getByLabel('E-mail').fill('maya@harbour.example');
  await page.getByLabel('Password', { exact: true }).fill('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('do not fit').waitFor();
  await shot('refused');
  await page.getByLabel('Password', { exact: true }).fill('seven tall herons');
  await page.keyboard.press('Enter');
}

async function parts(page: Page, shot: Shot): Promise<void> {
  await page.getByRole('link', { name: /^Your account/ }).click();
  await page.getByRole('button', { name: 'Change it' }).click();
  await shot('you');
  await page.getByRole('link', { name: 'Organisation' }).click();
  const panel = page.getByRole('region', { name: 'Invite a colleague' });
  await panel.getByLabel('E-mail').fill('zoe@harbour.example');
  await panel.getByRole('button', { name: 'Invite' }).click();
  await panel.getByLabel('Link of the invitation').waitFor();
  await page.getByRole('button', { name: 'Remove Noah Lind' }).click();
  await page.locator('.account').evaluate((e) => e.scrollTo(0, 0));
  await shot('organisation');
  await panel.scrollIntoViewIfNeeded();
  await page.locator('.account').evaluate((e) => e.scrollTo(0, e.scrollHeight));
  await shot('organisation-end');
  await page.getByRole('link', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('What it is for').fill('Shop widget');
  await page.getByRole('button', { name: 'For a page, public' }).click();
  await page.getByLabel(/^Origins/).fill('https://shop.example');
  await page.getByRole('group', { name: 'Conversations' }).getByLabel('talk').check();
  await shot('new-key');
  await page.getByRole('button', { name: 'Make the key' }).click();
  await page.getByLabel('Secret of the key').waitFor();
  await page.locator('.account').evaluate((e) => e.scrollTo(0, 0));
  await shot('keys');
  await page.getByRole('link', { name: 'Audit log' }).click();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByLabel(/^Hash of the newest/).waitFor();
  await shot('audit');
}

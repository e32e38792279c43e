import assert from 'node:assert/strict';
import { flawless } from './axe.mjs';
import { inChromium, until } from './browser.mjs';
import { greeted, openTranscript, pick, type } from './page.mjs';

const CALM = { reducedMotion: 'reduce', viewport: { width: 1100, height: 760 } };
const PASSWORD = 'seven tall herons wade';

/**
 * Somebody makes an account, invites a colleague who joins in a browser of their own, makes a key
 * and finds it in the audit log, which is whole; signing out ends it in every browser.
 */
export const account = (url) => {
  const mark = Date.now().toString(36);
  const maya = { name: 'Maya Ortega', email: `maya.${mark}@harbour.example` };
  const noah = { name: 'Noah Lind', email: `noah.${mark}@harbour.example` };
  return inChromium(url, async (page) => {
    await signUp(page, maya, 'Harbour office');
    await page.getByRole('link', { name: /^Your account, Maya/ }).click();
    await page.getByRole('heading', { name: 'Your account' }).waitFor();
    await page.getByRole('region', { name: 'Profile' }).getByText(maya.email).waitFor();
    await flawless(page, 'the account');
    await page.getByRole('link', { name: 'Organisation' }).click();
    const link = await invite(page, noah.email);
    await inChromium(link, (second) => join(second, noah), CALM);
    await page.reload();
    await page.getByRole('region', { name: '2 members' }).getByText(noah.email).waitFor();
    await page.getByRole('combobox', { name: `Role of ${noah.name}` }).selectOption({ label: 'Editor' });
    await flawless(page, 'the organisation');
    await makeKey(page);
    await audited(page);
    await signOut(page);
  }, { ...CALM, allowed: (text) => /401/.test(text) });
};

/** The page is loaded again in the middle of an answer: the answer goes on, and what was said is still there. */
export const reloading = (url) => inChromium(url, async (page) => {
  await pick(page, 'Ada');
  await greeted(page);
  await type(page, 'Who are you?');
  await greeted(page);
  await type(page, 'Tell me everything about you: what you do, what you like and what you remember.');
  await until('words that are heard', async () => (await page.locator('.reply .lit').count()) > 2);
  await page.reload();
  await page.getByRole('heading', { name: 'Ada', level: 1 }).waitFor();
  await page.locator('.stage').click({ position: { x: 40, y: 200 } });
  await until('the rest of the answer', async () => (await page.locator('.reply .lit').count()) > 4);
  await greeted(page);
  await openTranscript(page);
  await page.locator('.log .mine').getByText('Who are you?').first().waitFor();
  const answers = await page.locator('.log .theirs').count();
  assert.equal(answers, 3, 'a greeting and two answers, each once');
}, CALM);

async function signUp(page, { name, email }, organisation) {
  await page.getByRole('link', { name: 'Account' }).click();
  await page.getByRole('link', { name: 'Make an account' }).click();
  await page.getByRole('heading', { name: 'Make an account' }).waitFor();
  await flawless(page, 'signing up');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByLabel(/^Organisation/).fill(organisation);
  await page.getByRole('button', { name: 'Make the account' }).click();
  await page.getByRole('button', { name: /^Ada/ }).waitFor();
}

async function invite(page, email) {
  const panel = page.getByRole('region', { name: 'Invite a colleague' });
  await panel.getByLabel('E-mail').fill(email);
  await panel.getByRole('button', { name: 'Invite' }).click();
  const link = panel.getByLabel('Link of the invitation');
  await link.waitFor();
  return link.inputValue();
}

/** The second person, in a browser of their own: joins, talks, and may do less. */
async function join(page, { name, email }) {
  await page.getByRole('heading', { name: 'You are invited' }).waitFor();
  await flawless(page, 'an invitation');
  await page.getByLabel('Your name').fill(name);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD);
  await page.getByRole('button', { name: 'Join' }).click();
  await pick(page, 'Ada');
  await greeted(page);
  await page.getByRole('button', { name: 'Back to all characters' }).click();
  await page.getByRole('link', { name: /^Your account, Noah/ }).click();
  await page.getByText('Harbour office · Member').waitFor();
  assert.equal(await page.getByRole('link', { name: 'Keys' }).count(), 0, 'a member makes no keys');
}

async function makeKey(page) {
  await page.getByRole('link', { name: 'Keys' }).click();
  await page.getByRole('button', { name: 'New key' }).click();
  await page.getByLabel('What it is for').fill('Nightly report');
  await page.getByRole('group', { name: 'Conversations' }).getByLabel('talk').check();
  await flawless(page, 'a new key');
  await page.getByRole('button', { name: 'Make the key' }).click();
  const secret = await page.getByLabel('Secret of the key').inputValue();
  assert.match(secret, /^pk_\S{20,}$/);
  await page.getByRole('button', { name: 'I have it' }).click();
  await page.getByRole('list', { name: 'Keys' }).getByText('Nightly report').waitFor();
  assert.ok(!(await page.content()).includes(secret), 'the secret is shown once');
}

async function audited(page) {
  await page.getByRole('link', { name: 'Audit log' }).click();
  const made = page.getByRole('list', { name: 'Entries' }).getByRole('listitem').filter({ hasText: 'Made a key' });
  await made.filter({ hasText: 'Maya Ortega' }).first().waitFor();
  await page.getByRole('button', { name: 'Verify' }).click();
  await page.getByText(/All \d+ entries fit one another/).waitFor();
  await flawless(page, 'the audit log');
}

async function signOut(page) {
  await page.getByRole('link', { name: 'You', exact: true }).click();
  await page.getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('group', { name: /Every browser/ }).getByRole('button', { name: 'Sign out everywhere' }).click();
  await page.getByRole('heading', { name: 'No account needed' }).waitFor();
}

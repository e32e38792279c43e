import assert from 'node:assert/strict';
import { join } from 'node:path';
import { flawless } from './axe.mjs';
import { inChromium, until } from './browser.mjs';
import { drop, folder } from './files.mjs';
import { greeted, mood, openTranscript, pick, type } from './page.mjs';

const CALM = { reducedMotion: 'reduce', viewport: { width: 1100, height: 760 } };
const FILES = ['handbook.pdf', 'tides.md', 'fuel.txt'];

/**
 * A folder is dropped on a character and read, progress shown; a question that is typed is answered
 * from it, its page opens with the passage marked, lit while the words are spoken, and again from
 * the transcript. Afterwards the documents are deleted.
 */
export const documents = (url) => inChromium(url, async (page) => {
  await pick(page, 'Ada');
  await greeted(page);
  await page.evaluate(watchProgress);
  await drop(page, page.locator('.stage'), folder());
  await page.getByRole('status').getByText('quay.png').waitFor();
  for (const file of FILES) await page.getByRole('button', { name: `Open “${file}”` }).waitFor();
  const seen = await page.evaluate(() => [...globalThis.stages]);
  assert.ok(seen.some((s) => !/^Ready/.test(s)), `stages before the end are shown: ${seen}`);
  await flawless(page, 'documents');
  await page.getByRole('button', { name: 'Close the documents' }).click();
  await type(page, 'How many tonnes does the travelling crane lift?');
  await page.locator('.source-card[data-lit=true]').waitFor();
  assert.ok(/^Speaking/.test(await mood(page)), 'lit while it is spoken');
  await page.getByRole('button', { name: /^Open handbook.* at page 2/ }).waitFor();
  await page.locator('.source-card :is(.page-mark, mark):visible').first().waitFor();
  await page.locator('.source-card').waitFor({ state: 'hidden' });
  await openTranscript(page);
  await page.locator('.log .source').filter({ hasText: 'page 2' }).last().click();
  await page.getByRole('dialog').locator('.page-mark.strong').first().waitFor();
  await until('the passage beside its page', async () => /nine tonnes/.test(await page.locator('.passage-card[aria-pressed=true]').innerText()));
  await flawless(page, 'the reader');
  await page.getByRole('button', { name: 'Next page' }).click();
  await page.getByRole('region', { name: 'Page 3' }).waitFor();
  await page.getByRole('button', { name: 'Close the document', exact: true }).click();
  await page.getByRole('button', { name: 'Documents', exact: true }).click();
  await page.getByRole('searchbox').fill('storm forecast');
  await page.locator('.found li').getByText('Mooring lines').first().waitFor();
  await page.getByRole('searchbox').fill('');
  for (const file of FILES) await remove(page, file);
}, CALM);

/**
 * A file is dropped on the card of a character of one's own: its collection is made, the character
 * reads it from then on, and the class that was found for the file is corrected in the reader.
 */
export const ownPapers = (url) => inChromium(url, async (page) => {
  const id = 'harbour-guide';
  const character = { id, displayName: 'Harbour Guide', greeting: 'Hello.', collectionIds: [id] };
  await called(page, 'POST', '/v1/characters', { character, templateId: 'ada' });
  await page.reload();
  const card = page.getByRole('button', { name: /^Harbour Guide/ });
  await card.scrollIntoViewIfNeeded();
  await drop(page, card, join(folder(), 'tides.md'));
  await page.getByRole('button', { name: 'Open “tides.md”' }).waitFor();
  const { character: made } = await called(page, 'GET', `/v1/characters/${id}`);
  assert.deepEqual(made.collectionIds, [id], 'the character reads its own collection');
  const classes = [{ label: 'tides', description: 'Tides of the sea and the moon.' }, { label: 'law', description: 'Contracts and courts.' }];
  await called(page, 'PATCH', `/v1/collections/${id}`, { classes });
  await page.getByRole('button', { name: 'Open “tides.md”' }).click();
  await page.getByRole('tab', { name: 'About' }).click();
  await page.getByRole('combobox', { name: /^Class/ }).selectOption('law');
  await until('the class is kept', async () => {
    const { documents: all } = await called(page, 'GET', `/v1/documents?filter.collection_ids=${id}`);
    return all[0].classification?.label === 'law' && all[0].classification.confidence === 1;
  });
  await flawless(page, 'the class of a document');
  await page.getByRole('button', { name: 'Close the document', exact: true }).click();
  await called(page, 'DELETE', `/v1/collections/${id}`);
  await called(page, 'DELETE', `/v1/characters/${id}`);
}, CALM);

/** What was told is remembered, corrected, kept, found and forgotten; then everything is. */
export const memories = (url) => inChromium(url, async (page) => {
  await pick(page, 'Ada');
  await greeted(page);
  await type(page, 'I live in Porto.');
  await greeted(page);
  await page.getByRole('button', { name: 'Memories', exact: true }).click();
  const fact = page.locator('.memory').filter({ hasText: 'Porto' }).filter({ has: page.getByRole('button', { name: /^Correct/ }) }).first();
  await until('the fact', async () => {
    await page.getByRole('button', { name: 'Facts' }).click();
    await page.waitForTimeout(400);
    return fact.isVisible();
  });
  await flawless(page, 'memories');
  await fact.getByRole('button', { name: /^Correct/ }).click();
  await page.getByLabel('What is right').fill('You live in Braga.');
  await page.getByRole('button', { name: 'Save' }).click();
  const corrected = page.locator('.memory').filter({ hasText: 'You live in Braga.' });
  await corrected.getByText('corrected by you').waitFor();
  await corrected.getByText('Before').click();
  await corrected.getByText('Porto').waitFor();
  await corrected.getByRole('button', { name: /^Keep/ }).click();
  await corrected.getByText('kept').waitFor();
  await page.getByRole('searchbox').fill('Braga');
  await corrected.waitFor();
  await corrected.getByRole('button', { name: /^Forget/ }).click();
  await page.getByRole('button', { name: 'Forget', exact: true }).click();
  await corrected.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Forget everything…' }).click();
  await page.getByLabel(/^Write/).fill('forget me');
  await flawless(page, 'the confirmation');
  await page.getByRole('button', { name: 'Forget everything', exact: true }).click();
  await page.getByRole('heading', { name: 'Everything about you is gone' }).waitFor();
  assert.ok((await page.locator('.removals tbody tr').count()) > 0, 'a report is shown');
  await page.getByRole('button', { name: 'Done' }).click();
  await page.getByRole('button', { name: 'Memories', exact: true }).click();
  await page.getByText('Nothing yet.').waitFor();
}, CALM);

/** A call of the page's own origin, as JSON. */
function called(page, method, path, body) {
  return page.evaluate(async ([method, path, body]) => {
    const answer = await fetch(path, { method, headers: { 'content-type': 'application/json' }, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.json();
  }, [method, path, body]);
}

/** Every state that a document is shown in. */
function watchProgress() {
  globalThis.stages = new Set();
  new MutationObserver(() => document.querySelectorAll('[data-stage]').forEach((r) => globalThis.stages.add(r.dataset.stage)))
    .observe(document.body, { subtree: true, childList: true, characterData: true, attributes: true });
}

async function remove(page, name) {
  await page.getByRole('button', { name: `Delete “${name}”` }).click();
  await page.getByRole('button', { name: 'Delete', exact: true }).click();
  await page.getByRole('button', { name: `Open “${name}”` }).waitFor({ state: 'detached' });
}

import assert from 'node:assert/strict';
import { createInterface } from 'node:readline';
import { flawless } from './axe.mjs';
import { door, inChromium, loudness, PATIENCE_MS, until } from './browser.mjs';
import { drawn, greeted, litWords, mood, openTranscript, pick, rested, type, watch, watched } from './page.mjs';
import { microphoneThatSays } from './speech.mjs';

const LONG = 'Tell me everything about you: what you do, what you like and what you remember.';

/** Words are lit one after another, the loudspeaker sounds and the lips move, all in one answer. */
export const typing = (url) => inChromium(url, async (page) => {
  await pick(page, 'Ada');
  assert.ok(await page.locator('.still img').count(), 'a portrait stands where the face will be');
  await drawn(page);
  await greeted(page);
  await watch(page);
  await rested(page);
  await type(page, LONG);
  await until('an answer', async () => (await mood(page)) === 'Speaking');
  await greeted(page);
  const seen = await watched(page);
  assert.ok(seen.loudest > 0.05, `the voice sounds: ${seen.loudest}`);
  assert.ok(seen.speaking > 3 && seen.speaking > 1.5 * seen.rest, `lips move with the voice: ${JSON.stringify(seen)}`);
  assert.ok(seen.lit.length > 4, `words are lit one after another: ${seen.lit}`);
  await openTranscript(page);
  const said = page.getByRole('complementary', { name: 'Transcript' });
  await said.locator('.mine').getByText(LONG).last().waitFor();
  await said.getByText('Receipt').last().click();
  await said.getByText('first sound', { exact: true }).last().waitFor();
  assert.ok((await page.locator('.stages li').count()) >= 3, 'the receipt shows its stages');
});

/** A recorded question is understood, shown, and answered aloud. */
export const speaking = async (url) => {
  const flags = await microphoneThatSays(url, 'What is your name?');
  await inChromium(url, async (page) => {
    await pick(page, 'Ada');
    await greeted(page);
    await page.getByRole('button', { name: /^Speak/ }).click();
    await page.locator('.own').waitFor();
    const own = page.locator('.asked, .own').first();
    await until('the question in words', async () => /what is your name/i.test(await own.innerText().catch(() => '')));
    await until('a spoken answer', async () => (await loudness(page)) > 0.02);
    await page.getByRole('button', { name: /^Listening/ }).click();
    await page.getByRole('button', { name: /^Speak/ }).waitFor();
  }, { flags });
};

/** Escape and the button stop the voice at once; what was not heard is struck out. */
export const stopping = (url) => inChromium(url, async (page) => {
  await pick(page, 'Marcus');
  await greeted(page);
  for (const stop of [() => page.keyboard.press('Escape'), () => page.getByRole('button', { name: /^Interrupt/ }).click()]) {
    await type(page, LONG);
    await until('the voice', async () => (await loudness(page)) > 0.02);
    await stop();
    await until('silence', async () => (await loudness(page)) < 0.001, 5_000);
    await page.locator('.reply s').first().waitFor();
    await until('rest', async () => /^Here/.test(await mood(page)));
  }
});

/** Speaking while the character speaks stops it, and the new words are answered. */
export const bargingIn = async (url) => {
  const flags = await microphoneThatSays(url, 'Please stop. What is your name?', { before: 0.4 });
  await inChromium(url, async (page) => {
    await pick(page, 'Ada');
    await greeted(page);
    await openTranscript(page);
    await type(page, LONG);
    await until('lit words', async () => (await litWords(page)).lit > 1);
    await page.getByRole('button', { name: /^Speak/ }).click();
    await page.locator('.own').waitFor();
    await page.locator('.log s').first().waitFor();
    await until('an answer to the words spoken in between', async () =>
      (await page.locator('.log .mine').allInnerTexts()).some((t) => /your name/i.test(t)));
  }, { flags, viewport: { width: 1000, height: 660 } });
};

/** The network goes away in the middle of a word: the answer goes on, each event once. */
export const dropping = async (url) => {
  const way = await door(url);
  try {
    await inChromium(way.url, async (page) => {
      await pick(page, 'Ada');
      await greeted(page);
      await type(page, LONG);
      await until('lit words', async () => (await litWords(page)).lit > 1);
      way.cut();
      await until('the end of the answer', async () => /^Here/.test(await mood(page)) && (await litWords(page)).lit > 2);
      const numbers = await page.evaluate(() => globalThis.numbers.slice());
      assert.deepEqual(numbers, Array.from(numbers, (_, i) => i + 1), 'every event came once, in order');
      const session = (await (await fetch(new URL('/v1/sessions', url))).json()).sessions[0];
      const { turns } = await (await fetch(new URL(`/v1/sessions/${session.id}/turns`, url))).json();
      await openTranscript(page);
      const shown = await page.locator('.log .theirs > p').last().innerText();
      assert.equal(shown.replace(/\s+/g, ' ').trim(), turns.at(-1).replyText.replace(/\s+/g, ' ').trim());
    }, { allowed: (text) => /WebSocket|ERR_/.test(text) });
  } finally {
    way.close();
  }
};

/** The switch shows the server's video, which plays with its own sound, and back. */
export const video = (url) => inChromium(url, async (page) => {
  await pick(page, 'Zuri');
  await greeted(page);
  await page.getByRole('button', { name: 'Video' }).click();
  await type(page, 'What do you like?');
  const film = page.locator('video');
  await until('a playing video', () => film.evaluate((v) => v.currentTime > 0.5 && v.videoWidth >= 256 && v.webkitAudioDecodedByteCount > 0), 3 * PATIENCE_MS);
  await until('lit words', async () => (await litWords(page)).lit > 0);
  await page.getByRole('button', { name: 'Video' }).click();
  await type(page, 'Who are you?');
  await until('the voice again', async () => (await loudness(page)) > 0.02);
});

/** A microphone that is refused, and none at all: what is wrong and what to do; typing goes on. */
export const refused = async (url) => {
  for (const [flags, title] of [[[], /No microphone was found/], [['--use-fake-device-for-media-stream', '--deny-permission-prompts'], /The microphone is blocked/]]) {
    await inChromium(url, async (page) => {
      await pick(page, 'Ada');
      await page.getByRole('button', { name: /^Speak/ }).click();
      await page.getByRole('alert').getByText(title).waitFor();
      await type(page, 'Who are you?');
      await page.locator('.asked').getByText('Who are you?').waitFor();
    }, { flags });
  }
};

/** The server stops: the page says so, and takes the conversation up when it is back. */
export const restarting = (url) => inChromium(url, async (page) => {
  const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
  const ask = async (what) => {
    console.log(what);
    await lines.next();
  };
  await pick(page, 'Ada');
  await greeted(page);
  await ask('STOP');
  await page.getByRole('alert').getByText('The server does not answer.').waitFor();
  await ask('START');
  await until('the connection', async () => (await page.getByText('The server does not answer.').count()) === 0);
  await type(page, 'Who are you?');
  await until('a spoken answer', async () => (await loudness(page)) > 0.02);
}, { allowed: (text) => /WebSocket|ERR_/.test(text) });

/** No WebGL: the portrait stays and the page says why; voice and words work. */
export const withoutWebGl = (url) => inChromium(url, async (page) => {
  await pick(page, 'Ada');
  await page.getByText('it needs WebGL 2').waitFor();
  await until('the voice', async () => (await loudness(page)) > 0.02);
}, { flags: ['--disable-3d-apis'], allowed: (text) => /WebGL/.test(text) });

/** axe finds nothing in the light, in the dark and on a phone, in every state worth opening. */
export const accessible = (url) => inChromium(url, async (page) => {
  await page.getByRole('button', { name: /^Ada/ }).waitFor();
  await flawless(page, 'the first page');
  await page.getByRole('button', { name: 'Earlier talks' }).click();
  await page.getByRole('dialog').waitFor();
  await flawless(page, 'earlier talks');
  await page.keyboard.press('Escape');
  await pick(page, 'Ada');
  await greeted(page);
  await flawless(page, 'a conversation');
  await openTranscript(page);
  await page.getByText('Receipt').last().click();
  await flawless(page, 'transcript and receipt');
}, { reducedMotion: 'reduce' });

import { until } from './browser.mjs';

/** Chooses a character and waits until the session is there. */
export async function pick(page, name) {
  await page.getByRole('button', { name: new RegExp(`^${name}`) }).click();
  await page.getByRole('heading', { name, level: 1 }).waitFor();
  await until('the session', async () => !/Connecting/.test(await mood(page)));
}

export function mood(page) {
  return page.locator('.mood').innerText();
}

export async function type(page, text) {
  await page.getByRole('textbox').fill(text);
  await page.getByRole('textbox').press('Enter');
}

/** The face is drawn, no longer its portrait. */
export async function drawn(page) {
  await page.locator('.face[data-state=shown]').waitFor();
}

/** The greeting is spoken and over. */
export async function greeted(page) {
  await until('a greeting', async () => (await page.locator('.captions .reply').count()) > 0);
  await until('the end of the greeting', async () => /^Here|^Listening/.test(await mood(page)));
}

export async function openTranscript(page) {
  await page.getByRole('button', { name: 'Transcript', exact: true }).click();
  await page.getByRole('complementary', { name: 'Transcript' }).waitFor();
}

/** Share of the caption's words that are lit now. */
export function litWords(page) {
  return page.evaluate(() => ({
    lit: document.querySelectorAll('.reply .lit').length,
    all: document.querySelectorAll('.reply span, .reply s').length,
  }));
}

/**
 * Begins to watch, picture by picture: how dark the lips' inside is (mean luminance, 0 to 255, of
 * the middle of the mouth as stage.ts aims its camera) at rest and then while the loudspeaker
 * sounds, how loud it gets, and how many words are lit.
 */
export function watch(page) {
  return page.evaluate(() => {
    const seen = { resting: true, speaking: [], rest: [], lit: [], all: 0, loudest: 0 };
    globalThis.seen = seen;
    const stage = document.querySelector('.face');
    // Of a face drawn by a processor the clothes have a canvas of their own, hidden from readers.
    const canvas = stage.querySelector('canvas:not([aria-hidden])');
    const style = getComputedStyle(stage);
    const above = parseFloat(style.getPropertyValue('--above'));
    const free = stage.clientHeight - above - parseFloat(style.getPropertyValue('--below'));
    const sketch = Object.assign(document.createElement('canvas'), { width: 28, height: 20 });
    const context = sketch.getContext('2d', { willReadFrequently: true });
    const loudness = () => Math.max(0, ...globalThis.ears.map((ear) => {
      const samples = new Float32Array(ear.fftSize);
      ear.getFloatTimeDomainData(samples);
      return Math.max(...samples.map(Math.abs));
    }));
    const mouth = () => {
      const whole = stage.getBoundingClientRect();
      const drawn = canvas.getBoundingClientRect();
      const dots = canvas.height / drawn.height;
      const left = whole.left + whole.width / 2 - free * 0.07 - drawn.left;
      const top = whole.top + above + free * 0.6 - drawn.top;
      context.drawImage(canvas, left * dots, top * dots, free * 0.14 * dots, free * 0.1 * dots, 0, 0, 28, 20);
      const { data } = context.getImageData(0, 0, 28, 20);
      let sum = 0;
      for (let i = 0; i < data.length; i += 4) sum += 0.21 * data[i] + 0.72 * data[i + 1] + 0.07 * data[i + 2];
      return (4 * sum) / data.length;
    };
    requestAnimationFrame(function look() {
      requestAnimationFrame(look);
      const now = mouth();
      const loud = loudness();
      seen.loudest = Math.max(seen.loudest, loud);
      // A canvas that was just resized is empty until it is drawn again.
      if (now > 8) (seen.resting ? seen.rest : loud > 0.01 ? seen.speaking : []).push(now);
      const lit = document.querySelectorAll('.reply .lit').length;
      seen.all = Math.max(seen.all, document.querySelectorAll('.reply span').length);
      if (lit !== seen.lit.at(-1)) seen.lit.push(lit);
    });
  });
}

/** Some pictures at rest are enough; now comes the answer. */
export async function rested(page) {
  await until('pictures at rest', () => page.evaluate(() => globalThis.seen.rest.length >= 8));
  await page.evaluate(() => {
    globalThis.seen.resting = false;
  });
}

/** What was seen since `watch`; of the mouth how far its luminance ranges (10th to 90th percentile). */
export function watched(page) {
  return page.evaluate(() => {
    const range = (values) => {
      const sorted = values.toSorted((a, b) => a - b);
      return sorted.length ? sorted[Math.floor(sorted.length * 0.9)] - sorted[Math.floor(sorted.length * 0.1)] : 0;
    };
    const { speaking, rest, ...others } = globalThis.seen;
    return { ...others, speaking: range(speaking), rest: range(rest), pictures: [speaking.length, rest.length] };
  });
}

// npm run portraits: draws public/portraits/*.webp from ../avatars/models with the page's own stage.
// To be run again when a model changes. CHROMIUM names the browser to use.
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const root = join(import.meta.dirname, '..');
const people = ['elena', 'david', 'amara'];
const models = mkdtempSync(join(tmpdir(), 'parley-models-'));
mkdirSync(join(root, 'public', 'portraits'), { recursive: true });
for (const name of people) copyFileSync(join(root, '..', 'avatars', 'models', `${name}.glb`), join(models, `${name}.glb`));

const server = await createServer({ configFile: false, root, publicDir: models, logLevel: 'error', server: { port: 0, host: '127.0.0.1' } });
await server.listen();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader'],
});
try {
  for (const name of people) {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.goto(`${server.resolvedUrls.local[0]}tools/portraits.html`);
    await page.waitForFunction(() => 'portrait' in globalThis);
    const url = await page.evaluate((model) => globalThis.portrait(model), `/${name}.glb`);
    const picture = Buffer.from(url.split(',')[1], 'base64');
    writeFileSync(join(root, 'public', 'portraits', `${name}.webp`), picture);
    console.log(`${name}.webp ${picture.length} bytes`);
    await page.close();
  }
} finally {
  await browser.close();
  await server.close();
}

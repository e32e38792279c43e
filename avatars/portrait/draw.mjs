// node draw.mjs name ... : writes ../models/<name>.png, 512 x 512. CHROMIUM names the browser to use.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { chromium } from 'playwright-core';

const here = import.meta.dirname;
const models = path.join(here, '..', 'models');
const TYPES = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript', '.glb': 'model/gltf-binary' };
const DRAWN = 1024; // twice the portrait, then scaled down by the browser
const SMALL = 512;
const PATIENCE_MS = 180_000; // without a graphics card a busy machine draws slowly

function serve() {
  const server = http.createServer((request, response) => {
    const name = decodeURIComponent(new URL(request.url, 'http://x').pathname);
    const root = name.startsWith('/models/') ? path.join(here, '..') : here;
    const file = path.join(root, name === '/' ? 'index.html' : name);
    if (!file.startsWith(root) || !fs.existsSync(file)) return response.writeHead(404).end();
    response.writeHead(200, { 'content-type': TYPES[path.extname(file)] ?? 'application/octet-stream' });
    fs.createReadStream(file).pipe(response);
  });
  return new Promise((ready) => server.listen(0, '127.0.0.1', () => ready(server)));
}

const { poses } = JSON.parse(fs.readFileSync(path.join(here, '..', 'poses.json')));
const slightSmile = Object.fromEntries(Object.entries(poses.smile).map(([name, weight]) => [name, weight * 0.45]));

const server = await serve();
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});
try {
  for (const name of process.argv.slice(2)) {
    const page = await browser.newPage();
    page.on('pageerror', (error) => console.error(`${name}: ${error.message}`));
    await page.goto(`http://127.0.0.1:${server.address().port}/?size=${DRAWN}`, { timeout: PATIENCE_MS });
    await page.waitForFunction('window.drawPortrait', undefined, { timeout: PATIENCE_MS });
    const url = await page.evaluate(
      async ([glb, weights, small]) => {
        const image = new Image();
        image.src = await window.drawPortrait(glb, weights);
        await image.decode();
        const canvas = Object.assign(document.createElement('canvas'), { width: small, height: small });
        const context = canvas.getContext('2d');
        context.imageSmoothingQuality = 'high';
        context.drawImage(image, 0, 0, small, small);
        return canvas.toDataURL('image/png');
      },
      [`/models/${name}.glb`, slightSmile, SMALL],
    );
    fs.writeFileSync(path.join(models, `${name}.png`), Buffer.from(url.split(',')[1], 'base64'));
    console.log(`${name}.png`);
    await page.close();
  }
} finally {
  await browser.close();
  server.close();
}

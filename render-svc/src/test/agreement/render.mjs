// node render.mjs REQUESTS.json MODELS OUT: draws each request as the page would, to OUT/<name>.png.
// Uses what web/ installed (rolldown, playwright-core, three) and the Chromium named by CHROMIUM.
import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = import.meta.dirname;
const modules = path.join(here, '../../../../web/node_modules');
const load = (file) => import(pathToFileURL(path.join(modules, file)));
const { rolldown } = await load('rolldown/dist/index.mjs');
const { chromium } = await load('playwright-core/index.mjs');
const [requestsFile, models, out] = process.argv.slice(2);

const bundle = await rolldown({ input: path.join(here, 'page.ts'), logLevel: 'silent' });
const script = (await bundle.generate({ format: 'iife' })).output[0].code;
const page = '<!doctype html><body style="margin:0"><canvas width="512" height="512"></canvas><script src="/page.js"></script>';

const server = http.createServer((request, response) => {
  if (request.url === '/') return response.setHeader('content-type', 'text/html').end(page);
  if (request.url === '/page.js') return response.setHeader('content-type', 'text/javascript').end(script);
  const file = path.join(models, path.basename(request.url));
  if (!fs.existsSync(file)) return response.writeHead(404).end();
  fs.createReadStream(file).pipe(response);
});
await new Promise((ready) => server.listen(0, '127.0.0.1', ready));

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--use-angle=swiftshader', '--enable-unsafe-swiftshader', '--ignore-gpu-blocklist'],
});
try {
  const tab = await browser.newPage();
  tab.setDefaultTimeout(240_000);
  tab.on('pageerror', (error) => console.error(error.message));
  await tab.goto(`http://127.0.0.1:${server.address().port}/`);
  for (const request of JSON.parse(fs.readFileSync(requestsFile))) {
    const url = await tab.evaluate((r) => globalThis.drawFace(r), request);
    fs.writeFileSync(path.join(out, `${request.name}.png`), Buffer.from(url.split(',')[1], 'base64'));
  }
} finally {
  await browser.close();
  server.close();
}

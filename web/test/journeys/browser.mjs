import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';

/** Generous: the machine may be busy and draw without a graphics card. */
export const PATIENCE_MS = 90_000;
const FLAGS = [
  '--disable-background-networking', '--disable-component-update', '--no-first-run', '--use-angle=swiftshader', '--enable-unsafe-swiftshader',
];
export const MICROPHONE = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream'];

/**
 * Opens the page in Chromium, runs the journey and closes all. The journey fails when the page wrote
 * an error to the console, threw, or asked for something that is not there, `allowed` aside.
 */
export async function inChromium(url, journey, { flags = MICROPHONE, allowed = () => false, ...options } = {}) {
  const profile = mkdtempSync(join(tmpdir(), 'parley-page-'));
  const context = await chromium.launchPersistentContext(profile, {
    executablePath: process.env.CHROMIUM || '/usr/bin/chromium', headless: true, chromiumSandbox: false,
    args: [...FLAGS, ...flags], viewport: { width: 900, height: 660 }, ...options,
  });
  const complaints = [];
  const complain = (text) => allowed(text) || complaints.push(text);
  context.setDefaultTimeout(PATIENCE_MS);
  await context.addInitScript(ears);
  const page = context.pages()[0] ?? (await context.newPage());
  page.on('pageerror', (e) => complain(e.message));
  page.on('console', (m) => m.type() === 'error' && complain(m.text()));
  page.on('response', (r) => r.status() >= 400 && complain(`${r.status()} ${new URL(r.url()).pathname}`));
  try {
    await page.goto(url);
    await journey(page);
    if (complaints.length) throw new Error(`the page complained: ${complaints.join('; ')}`);
  } finally {
    await context.close();
    rmSync(profile, { recursive: true, force: true });
  }
}

/** In the page: an analyser beside every loudspeaker, and the numbers of all events that came. */
function ears() {
  const plug = AudioNode.prototype.connect;
  globalThis.ears = [];
  AudioNode.prototype.connect = function (target, ...rest) {
    if (target instanceof AudioDestinationNode) {
      const ear = this.context.createAnalyser();
      plug.call(this, ear);
      globalThis.ears.push(ear);
    }
    return plug.call(this, target, ...rest);
  };
  globalThis.numbers = [];
  const Socket = globalThis.WebSocket;
  globalThis.WebSocket = class extends Socket {
    constructor(...args) {
      super(...args);
      this.addEventListener('message', (m) => {
        // seq is field 1, a varint; 0 is not written.
        const bytes = new Uint8Array(m.data);
        if (bytes[0] !== 8) return;
        let seq = 0;
        for (let i = 1, scale = 1; ; i++, scale *= 128) {
          seq += (bytes[i] & 127) * scale;
          if (bytes[i] < 128) break;
        }
        globalThis.numbers.push(seq);
      });
    }
  };
}

/** How loud the page is: the loudest of the analysers now, 0 to 1. */
export function loudness(page) {
  return page.evaluate(() => Math.max(0, ...globalThis.ears.map((ear) => {
    const samples = new Float32Array(ear.fftSize);
    ear.getFloatTimeDomainData(samples);
    return Math.max(...samples.map(Math.abs));
  })));
}

export async function until(what, check, ms = PATIENCE_MS) {
  const end = Date.now() + ms;
  for (;;) {
    const value = await check();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited ${ms / 1000} s for ${what}`);
    await new Promise((done) => setTimeout(done, 100));
  }
}

/** A door before the server whose connections can be cut, as a lost network does. */
export async function door(url) {
  const { hostname, port } = new URL(url);
  const pairs = new Set();
  let shut = false;
  const server = createServer((near) => {
    if (shut) return near.destroy();
    const far = connect(Number(port), hostname);
    const pair = [near, far];
    pairs.add(pair);
    for (const [one, other] of [[near, far], [far, near]]) {
      one.on('error', () => other.destroy());
      one.on('close', () => {
        other.destroy();
        pairs.delete(pair);
      });
      one.pipe(other);
    }
  });
  await new Promise((done) => server.listen(0, '127.0.0.1', done));
  const cut = () => pairs.forEach((pair) => pair.forEach((s) => s.destroy()));
  return {
    url: `http://127.0.0.1:${server.address().port}/`,
    cut,
    shut() {
      shut = true;
      cut();
    },
    open() {
      shut = false;
    },
    close() {
      cut();
      server.close();
    },
  };
}

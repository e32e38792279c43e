import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MICROPHONE } from './browser.mjs';

/**
 * A recording of `text` in one of the server's voices, with silence before and after it, as
 * Chromium's microphone. Without silence at its end Chromium repeats the last 10 ms for ever.
 */
export async function microphoneThatSays(url, text, { before = 1, after = 60 } = {}) {
  const answer = await fetch(new URL('/v1/speech:synthesize', url), {
    method: 'POST', headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ text, style: { voiceId: 'slt' } }),
  });
  if (!answer.ok) throw new Error(`synthesize answered ${answer.status}: ${await answer.text()}`);
  const wav = Buffer.from(await answer.arrayBuffer());
  const rate = wav.readUInt32LE(24);
  const voice = wav.subarray(wav.indexOf('data') + 8);
  const silence = (seconds) => Buffer.alloc(Math.round(seconds * rate) * 2);
  const body = Buffer.concat([silence(before), voice, silence(after)]);
  const head = Buffer.from(wav.subarray(0, 44));
  head.writeUInt32LE(36 + body.length, 4);
  head.writeUInt16LE(1, 20);
  head.write('data', 36);
  head.writeUInt32LE(body.length, 40);
  const file = join(mkdtempSync(join(tmpdir(), 'parley-voice-')), 'question.wav');
  writeFileSync(file, Buffer.concat([head, body]));
  return [...MICROPHONE, `--use-file-for-fake-audio-capture=${file}%noloop`];
}

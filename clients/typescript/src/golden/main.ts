/**
 * Plays golden conversations: npm run golden -- --base http://localhost:8080 --folder ../golden
 * [--door grpc]... [--key pk_...] [--have quota]... [--jobs 4] [NAME...]. Prints one line each; ends with 1
 * when one failed.
 */
import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { DOORS, Parley, type Door } from '../parley.js';
import { Play, type Script } from './play.js';

const { values: asked, positionals: names } = parseArgs({
  allowPositionals: true,
  options: {
    base: { type: 'string', default: 'http://localhost:8080' },
    folder: { type: 'string', default: '../golden' },
    door: { type: 'string', multiple: true, default: [...DOORS] },
    key: { type: 'string', default: '' },
    have: { type: 'string', multiple: true, default: [] },
    jobs: { type: 'string', default: '4' },
  },
});

async function scripts(): Promise<Script[]> {
  const files = (await readdir(asked.folder!)).filter((file) => file.endsWith('.json')).sort();
  const all = files.map(async (file) => ({
    ...(JSON.parse(await readFile(join(asked.folder!, file), 'utf8')) as Script),
    name: basename(file, '.json'),
    file: join(asked.folder!, file),
  }));
  return (await Promise.all(all)).filter(({ name }) => !names.length || names.includes(name));
}

async function outcome(parley: Parley, door: Door, script: Script): Promise<string> {
  const what = `${script.name.padEnd(20)} ${door.padEnd(10)}`;
  const lacking = (script.needs ?? []).filter((need) => !asked.have!.includes(need));
  if (lacking.length) return `skip ${what} needs ${lacking}`;
  const begin = Date.now();
  const play = new Play(parley, door, script);
  try {
    await play.run();
    return `ok   ${what} ${((Date.now() - begin) / 1000).toFixed(1)} s`;
  } catch (wrong) {
    return `FAIL ${what} ${wrong instanceof Error ? wrong.message : wrong}`;
  } finally {
    await play.close();
  }
}

const parley = new Parley(asked.base!, asked.key!);
const plays = (await scripts()).flatMap((script) =>
  (script.doors ?? DOORS).filter((door) => asked.door!.includes(door)).map((door) => () => outcome(parley, door, script)),
);
const told = { 'ok  ': 0, FAIL: 0, skip: 0 };
await Promise.all(
  Array.from({ length: Number(asked.jobs) }, async () => {
    for (let play = plays.shift(); play; play = plays.shift()) {
      const line = await play();
      told[line.slice(0, 4) as keyof typeof told]++;
      console.log(line);
    }
  }),
);
console.log(`${told['ok  ']} passed, ${told.FAIL} failed, ${told.skip} skipped`);
process.exit(told.FAIL ? 1 : 0);

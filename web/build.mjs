// Builds dist/ unless what it is made of is unchanged: contents count, not times, so that a new
// clone, another branch and back, or a touched file build nothing twice. Run by Maven; by hand:
// node build.mjs. The lock names buf's binaries for every platform (npm ci asks for that), also
// those that a registry may lack; npm fetches only the one that fits.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

const LOCK = ['package.json', 'package-lock.json', '.npmrc'];
const SOURCES = [...LOCK, 'src', 'public', '../proto/parley', 'index.html', 'docs.html', 'buf.gen.yaml', 'vite.config.ts', 'tsconfig.json', 'build.mjs'];
const GENERATED = join('src', 'gen');
const INSTALLED = join('node_modules', '.parley-lock');
const BUILT = join('target', 'page.sha256');

function files(path) {
  if (path === GENERATED || !existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path).sort().flatMap((name) => files(join(path, name)));
}

function digest(paths) {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(files)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

function marked(mark, value) {
  return existsSync(mark) && readFileSync(mark, 'utf8') === value;
}

function mark(path, value) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, value);
}

function npm(...args) {
  execFileSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
}

const sources = digest(SOURCES);
if (existsSync(join('dist', 'index.html')) && marked(BUILT, sources)) {
  console.log('page: unchanged');
} else {
  const lock = digest(LOCK);
  if (!marked(INSTALLED, lock)) {
    npm('ci', '--no-audit', '--no-fund', '--loglevel=error');
    mark(INSTALLED, lock);
  }
  npm('run', 'build');
  mark(BUILT, sources);
}

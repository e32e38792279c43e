// Builds dist/ unless it is newer than everything it is made of. Run by Maven; by hand: npm run build.
// `npm install --no-save` takes the versions of the lock and leaves it alone; `npm ci` refuses a lock
// that lacks buf's binaries for other platforms, which not every registry carries.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = ['src', 'public', '../proto/parley', 'index.html', 'package.json', 'package-lock.json', 'buf.gen.yaml', 'vite.config.ts', 'tsconfig.json'];
const GENERATED = join('src', 'gen');

function newest(path) {
  if (path === GENERATED || !existsSync(path)) return 0;
  const stat = statSync(path);
  if (!stat.isDirectory()) return stat.mtimeMs;
  return Math.max(0, ...readdirSync(path).map((name) => newest(join(path, name))));
}

function npm(...args) {
  execFileSync('npm', args, { stdio: 'inherit', shell: process.platform === 'win32' });
}

const built = newest(join('dist', 'index.html'));
if (built > Math.max(...SOURCES.map(newest))) {
  console.log('page: dist is newer than its sources');
} else {
  if (newest(join('node_modules', '.package-lock.json')) < newest('package-lock.json')) npm('install', '--no-save', '--no-audit', '--no-fund');
  npm('run', 'build');
}

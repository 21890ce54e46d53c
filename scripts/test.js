// node scripts/test.js node|browser|samples [pattern or option of vitest ...]
// Builds what the tests whose path contains a pattern need (everything without one), then runs them.
import { execFileSync, spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

import { buildScripts } from './build/build-scripts.js';
import { root, withDependencies, workspaces } from './build/workspaces.js';

const [project = 'node', ...options] = process.argv.slice(2);
const all = workspaces();
const tests = testFiles();
const asked = tests.filter((file) => options.some((option) => isPattern(option) && file.includes(option)));
const wanted = asked.length === 0 ? tests : asked;

const owners = all.filter(({ path }) => wanted.some((file) => file.startsWith(`${path}/`)));
await buildScripts(all, asked.length === 0 ? all : withDependencies(all, owners));
// Whole-system suites look at what would be published; those in a browser do not.
if (wanted.some((file) => file.startsWith('tests/') && !file.startsWith('tests/web/'))) {
  await import('./build-types.js');
}
const vitest = join(dirname(createRequire(import.meta.url).resolve('vitest/package.json')), 'vitest.mjs');
const { status } = spawnSync(process.execPath, [vitest, 'run', '--project', project, ...options], {
  cwd: root,
  stdio: 'inherit',
});
process.exitCode = status ?? 1;

function isPattern(/** @type {string} */ option) {
  return !option.startsWith('-');
}

/** @returns {string[]} */
function testFiles() {
  const list = ['ls-files', '--cached', '--others', '--exclude-standard', '*.test.ts', '*.test.tsx'];
  try {
    return execFileSync('git', list, { cwd: root, encoding: 'utf8' }).split('\n').filter(Boolean);
  } catch {
    // Not a clone: whichever tests there are, everything is built for them.
    return ['tests/'];
  }
}

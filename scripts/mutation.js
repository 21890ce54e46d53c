// node scripts/mutation.js [--seed=N] [--count=N] [--workers=N] [--also=tests/iibctl] [package ...]
// Draws small changes to the sources of these packages (of all but the web application unless named) and runs, for each,
// the tests that reach it: those of the packages, and suites over several packages that --also names. Fails where fewer than
// nine of ten are noticed, not counting those of which mutation/equivalent.json says that nobody can notice them.
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

import { root, workspaceNamed, workspaces } from './build/workspaces.js';
import { copyProject } from './mutation/copy-project.js';
import { drawMutants } from './mutation/draw-mutants.js';
import { findMutants } from './mutation/find-mutants.js';
import { findReached, isKilled } from './mutation/run-tests.js';
import { switchMutants } from './mutation/switch-mutants.js';

/** @import { Mutant } from './mutation/find-mutants.js' */

const leastKilled = 0.9;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: String(Math.floor(Date.now() / 1000)) },
    count: { type: 'string', default: '40' },
    workers: { type: 'string', default: '2' },
    also: { type: 'string', multiple: true, default: [] },
  },
});
const seed = wholeNumber('seed');
const count = wholeNumber('count');
const workers = wholeNumber('workers');
const all = workspaces();
const packages =
  positionals.length > 0
    ? positionals.map((name) => workspaceNamed(all, name))
    : all.filter(({ path }) => path.startsWith('packages/') && path !== 'packages/web');

const mutants = packages.flatMap(({ path }) =>
  sourcesBelow(`${path}/src`).flatMap((file) => findMutants(file, readFileSync(join(root, file), 'utf8'))),
);
const equivalents = JSON.parse(readFileSync(join(root, 'scripts/mutation/equivalent.json'), 'utf8'));
const { drawn, listed } = drawMutants(mutants, { count, seed, equivalents });
print(`seed ${seed}: ${drawn.length} of ${mutants.length} mutants`);

const copy = copyProject(root, all);
process.once('exit', () => rmSync(copy, { recursive: true, force: true }));
process.once('SIGINT', () => process.exit(130));
for (const file of new Set(drawn.map((mutant) => mutant.file))) {
  const code = readFileSync(join(copy, file), 'utf8');
  const own = drawn.filter((mutant) => mutant.file === file);
  writeFileSync(join(copy, file), switchMutants(code, own));
}
execFileSync(process.execPath, ['scripts/build.js', ...packages.map(({ path }) => path)], { cwd: copy });
const folders = packages.map(({ path }) => `${path}/`);
const { tests, failed } = await findReached(copy, {
  patterns: [...folders, ...values.also],
  workers,
});
for (const file of failed) print(`left out, as it fails without a mutant: ${file}`);

let killed = 0;
for (const mutant of drawn) {
  const isReached = tests.some(({ reaches }) => reaches.has(mutant.id));
  const isNoticed = isReached && (await isKilled(copy, mutant.id, { tests, workers }));
  if (isNoticed) killed += 1;
  print(`${isNoticed ? 'killed' : isReached ? 'SURVIVED' : 'NOT REACHED'} ${describe(mutant)}`);
}
for (const mutant of listed) print(`equivalent ${describe(mutant)}: ${mutant.reason}`);
print(`${killed} of ${drawn.length} killed, ${listed.length} known as equivalent besides; seed ${seed}`);
if (killed < drawn.length * leastKilled) process.exitCode = 1;

/** @param {'seed' | 'count' | 'workers'} name */
function wholeNumber(name) {
  const value = Number(values[name]);
  if (Number.isSafeInteger(value) && value > 0) return value;
  throw new RangeError(`--${name} must be a whole number above 0, not ${values[name]}`);
}

/** @param {string} folder */
function sourcesBelow(folder) {
  return readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .map((name) => `${folder}/${name.replaceAll('\\', '/')}`)
    .filter((file) => /\.tsx?$/.test(file) && !/\.(?:test|test-d|d)\.tsx?$/.test(file))
    .sort();
}

/** @param {Mutant} mutant */
function describe({ file, line, from, to }) {
  const short = (/** @type {string} */ code) => code.replaceAll(/\s+/g, ' ').slice(0, 80);
  return `${file}:${line}  ${short(from)}  ->  ${to === '' ? '(removed)' : short(to)}`;
}

/** @param {string} line */
function print(line) {
  process.stdout.write(`${line}\n`);
}

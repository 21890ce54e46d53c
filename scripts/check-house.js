// node scripts/check-house.js: checks the sources against house.config.js; dependency-cruiser reads the imports,
// oxlint measures the functions. Prints what breaks a rule, and fails.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { cruise } from 'dependency-cruiser';

import { limits, packages, rooms, withoutFunctionLimit } from '../house.config.js';
import { circleIn, importProblem, packageOf } from './house-rules.js';
import { root } from './published-packages.js';

/** @typedef {{ from: string, to: string }} Import two files, from the root */

const isSource = /\.tsx?$/u;
const isTest = /\.(?:test|test-d)\.tsx?$/u;

process.chdir(root);
const names = readdirSync('packages');
const { imports, circles } = await readImports();
const problems = [
  ...names.filter((name) => !(name in packages)).map((name) => `packages/${name} is not in house.config.js`),
  ...Object.entries({ packages, ...rooms }).flatMap(([name, table]) => allowedCircle(name, table) ?? []),
  ...circles,
  ...imports.flatMap((one) => problemOf(one) ?? []),
  ...names
    .flatMap((name) => foldersBelow(`packages/${name}/src`))
    .flatMap((folder) => sizeProblem(folder) ?? []),
];
for (const problem of problems) process.stderr.write(`${problem}\n`);
const areShort = functionsAreShort();
process.exitCode = problems.length === 0 && areShort ? 0 : 1;

/** All imports of the packages' sources, also of types, and the circles that they make. */
async function readImports() {
  const { output } = await cruise(
    names.map((name) => `packages/${name}/src`),
    {
      ruleSet: {
        forbidden: [
          {
            name: 'circle',
            severity: 'error',
            from: {},
            to: { circular: true },
          },
        ],
      },
      validate: true,
      outputType: 'json',
      tsPreCompilationDeps: true,
      exclude: { path: isTest.source },
      doNotFollow: { path: ['node_modules', '^packages/[^/]+/(?!src/)'] },
      enhancedResolveOptions: {
        exportsFields: ['exports'],
        conditionNames: ['import', 'types', 'default'],
        extensions: ['.ts', '.tsx', '.js', '.d.ts'],
      },
    },
  );
  const { modules, summary } = JSON.parse(/** @type {string} */ (output));
  return {
    imports: modules
      .filter(({ source }) => source.startsWith('packages/'))
      .flatMap(({ source, dependencies }) =>
        dependencies.map(({ resolved }) => ({ from: source, to: resolved })),
      ),
    circles: summary.violations.map(
      ({ from, cycle }) => `a circle: ${[from, ...cycle.map(({ name }) => name)].join(' > ')}`,
    ),
  };
}

/** @param {Import} one */
function problemOf(one) {
  const [importing, imported] = [packageOf(one.from), packageOf(one.to)];
  if (imported !== importing && one.to.startsWith(`packages/${imported}/src/`) && !isBundledEntry(one.to))
    return `${one.from} > ${one.to}: import ${imported} by its name`;
  return importProblem(one, { packages, rooms });
}

/** A private package is bundled from its sources: its name leads to one of them. @param {string} file */
function isBundledEntry(file) {
  const folder = `packages/${packageOf(file)}`;
  const { exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  return Object.values(exports).includes(`.${file.slice(folder.length)}`);
}

/** The tables themselves must not allow a circle. @param {string} name @param {import('./house-rules.js').Table} table */
function allowedCircle(name, table) {
  const circle = circleIn(table);
  return circle && `house.config.js allows a circle in ${name}: ${circle.join(' > ')}`;
}

/** @param {string} folder @returns {string[]} */
function foldersBelow(folder) {
  const inside = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return [folder, ...inside.flatMap(({ name }) => foldersBelow(`${folder}/${name}`))];
}

/** @param {string} folder */
function sizeProblem(folder) {
  const count = readdirSync(folder).filter((name) => isSource.test(name) && !isTest.test(name)).length;
  if (count <= limits.filesPerFolder) return undefined;
  return `${folder} has ${count} source files, more than ${limits.filesPerFolder}`;
}

/** oxlint prints what is too long by itself. */
function functionsAreShort() {
  const folder = mkdtempSync(join(tmpdir(), 'iib-kit-house-'));
  const config = join(folder, 'oxlint.json');
  const rules = { 'max-lines-per-function': ['error', { max: limits.linesPerFunction }] };
  writeFileSync(config, JSON.stringify({ plugins: [], categories: { correctness: 'off' }, rules }));
  const left = ['**/*.test.ts', '**/*.test.tsx', '**/dist/**', ...withoutFunctionLimit];
  const args = ['--config', config, ...left.flatMap((pattern) => ['--ignore-pattern', pattern])];
  const measured = ['packages', 'bench', 'examples', 'scripts', '.ci'];
  try {
    execFileSync('node_modules/.bin/oxlint', [...args, ...measured], {
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    return true;
  } catch {
    return false;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

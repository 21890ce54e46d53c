// node scripts/build-types.js: writes the declarations of all published packages to their `dist`, for publishing, for the API reports
// and for the tests of the packed packages. Nothing needs them to run.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

import { publishedPackages, root } from './published-packages.js';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const typed = publishedPackages().filter(({ entries }) => entries.length > 0);
execFileSync(process.execPath, [tsc, '-b', ...typed.map(({ folder }) => folder)], {
  cwd: root,
  stdio: 'inherit',
});
const bundledPackages = readdirSync(join(root, 'packages'))
  .filter((name) => existsSync(join(root, 'packages', name, '.types/src/index.d.ts')))
  .filter((name) => !typed.some(({ folder }) => folder === join(root, 'packages', name)))
  .map((name) => ({ name, emitted: join(root, 'packages', name, '.types/src') }));
const importSpecifier = /(\b(?:from|import)\s*\(?\s*['"])([^'"]+)(['"])/gu;
for (const { folder, entries } of typed) {
  removeDeclarations(join(folder, 'dist'));
  copyReachable(folder, entries);
}

/**
 * Copies from `.types` what the entries lead to; declarations of tests and of what stays inside are left out. Those of the
 * private packages that are bundled come along, in a folder of their own.
 *
 * @param {string} folder
 * @param {readonly import('./published-packages.js').Entry[]} entries
 */
function copyReachable(folder, entries) {
  const dist = join(folder, 'dist');
  const emitted = join(folder, '.types/src');
  /** @param {string} file Where a declaration goes that the compiler wrote. */
  const targetOf = (file) => {
    const bundled = bundledPackages.find((each) => file.startsWith(join(each.emitted, '/')));
    return bundled === undefined
      ? join(dist, relative(emitted, file))
      : join(dist, 'bundled', bundled.name, relative(bundled.emitted, file));
  };
  const waiting = entries.map(({ types }) => join(emitted, relative(dist, types)));
  const seen = new Set(waiting);
  for (const file of waiting) {
    const target = targetOf(file);
    const text = readFileSync(file, 'utf8').replace(importSpecifier, (whole, before, specifier, after) => {
      const next = declarationOf(specifier, dirname(file));
      if (next === undefined) return whole;
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
      return `${before}${relativeScript(dirname(target), targetOf(next))}${after}`;
    });
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, text);
  }
}

/**
 * The declaration that is copied for an import; undefined for one of another package.
 *
 * @param {string} specifier
 * @param {string} from
 */
function declarationOf(specifier, from) {
  if (/^\.{1,2}\/.*\.ts$/.test(specifier)) return join(from, specifier.replace(/\.ts$/, '.d.ts'));
  const bundled = bundledPackages.find(({ name }) => specifier === `@iib-kit/${name}`);
  return bundled && join(bundled.emitted, 'index.d.ts');
}

/**
 * With the ending of a script: TypeScript before 5 does not resolve `./x.ts` in a declaration.
 *
 * @param {string} from
 * @param {string} to
 */
function relativeScript(from, to) {
  const path = relative(from, to)
    .replaceAll('\\', '/')
    .replace(/\.d\.ts$/, '.js');
  return path.startsWith('.') ? path : `./${path}`;
}

function removeDeclarations(/** @type {string} */ dist) {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.d.ts'))
      rmSync(join(entry.parentPath ?? entry.path, entry.name));
  }
}

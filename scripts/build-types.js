// node scripts/build-types.js: writes the declarations of all published packages to their `dist`, for publishing, for the API reports
// and for the tests of the packed packages. Nothing needs them to run.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';

import { publishedPackages, root } from './published-packages.js';

const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc');
const typed = publishedPackages().filter(({ entries }) => entries.length > 0);
execFileSync(process.execPath, [tsc, '-b', ...typed.map(({ folder }) => folder)], {
  cwd: root,
  stdio: 'inherit',
});
for (const { folder, entries } of typed) {
  removeDeclarations(join(folder, 'dist'));
  copyReachable(folder, entries);
}

/**
 * Copies from `.types` what the entries lead to; declarations of tests and of what stays inside are left out.
 *
 * @param {string} folder
 * @param {readonly import('./published-packages.js').Entry[]} entries
 */
function copyReachable(folder, entries) {
  const emitted = join(folder, '.types/src');
  const dist = join(folder, 'dist');
  const waiting = entries.map(({ types }) => join(emitted, relative(dist, types)));
  const seen = new Set(waiting);
  for (const file of waiting) {
    const text = readFileSync(file, 'utf8');
    const target = join(dist, relative(emitted, file));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, withScriptEndings(text));
    for (const [, specifier] of text.matchAll(/\b(?:from|import)\s*\(?\s*['"](\.{1,2}\/[^'"]+)\.ts['"]/gu)) {
      const next = join(dirname(file), `${specifier}.d.ts`);
      if (!seen.has(next)) waiting.push(next);
      seen.add(next);
    }
  }
}

/** The compiler keeps `./x.ts`, which TypeScript before 5 does not resolve in a declaration. */
function withScriptEndings(/** @type {string} */ text) {
  return text.replace(/(\b(?:from|import)\s*\(?\s*['"]\.{1,2}\/[^'"]+)\.ts(['"])/gu, '$1.js$2');
}

function removeDeclarations(/** @type {string} */ dist) {
  for (const entry of readdirSync(dist, { recursive: true, withFileTypes: true })) {
    if (entry.isFile() && entry.name.endsWith('.d.ts'))
      rmSync(join(entry.parentPath ?? entry.path, entry.name));
  }
}

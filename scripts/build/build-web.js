import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { root } from './workspaces.js';

const stamp = join(root, 'node_modules/.cache/iib-kit/web.sha256');
const notSources = new Set(['dist', 'node_modules', '.types', 'test']);

/**
 * Builds the web application with Vite, unless what it is made of is as it was: it takes longer than all other packages.
 *
 * @param {import('./workspaces.js').Workspace} web
 * @param {readonly import('./workspaces.js').Workspace[]} madeOf The web application and the packages that it bundles.
 */
export async function buildWeb(web, madeOf) {
  const now = contentHash(madeOf.map(({ folder }) => folder));
  const before = existsSync(stamp) ? readFileSync(stamp, 'utf8') : undefined;
  if (before === now && existsSync(join(web.folder, 'dist/index.html'))) return;
  const fromWeb = createRequire(join(web.folder, 'package.json'));
  const vite = await import(pathToFileURL(fromWeb.resolve('vite')).href);
  const { NODE_ENV } = process.env;
  await vite.build({ root: web.folder });
  // Vite leaves `production` there, which tests that are started next would inherit.
  if (NODE_ENV === undefined) delete process.env['NODE_ENV'];
  else process.env['NODE_ENV'] = NODE_ENV;
  mkdirSync(join(stamp, '..'), { recursive: true });
  writeFileSync(stamp, now);
}

/**
 * @param {readonly string[]} folders
 * @returns {string}
 */
function contentHash(folders) {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  for (const folder of folders) addFolder(hash, folder);
  return hash.digest('hex');
}

/**
 * @param {import('node:crypto').Hash} hash
 * @param {string} folder
 */
function addFolder(hash, folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !notSources.has(entry.name)) addFolder(hash, path);
    else if (entry.isFile() && !/\.test(-d)?\.tsx?$/u.test(entry.name)) {
      hash.update(`${path}\0`).update(readFileSync(path)).update('\0');
    }
  }
}

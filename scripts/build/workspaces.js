import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/**
 * A package of this repository, published or not.
 *
 * @typedef {Record<string, string>} Ranges
 * @typedef {{ name: string, private?: boolean, dependencies?: Ranges, devDependencies?: Ranges, peerDependencies?: Ranges, optionalDependencies?: Ranges }} Manifest
 * @typedef {{ name: string, folder: string, path: string, manifest: Manifest }} Workspace `path` is relative to the root.
 * @returns {Workspace[]}
 */
export function workspaces() {
  const nested = ['packages', 'examples'].flatMap((group) =>
    readdirSync(join(root, group)).map((name) => `${group}/${name}`),
  );
  return [...nested, 'bench', 'tests']
    .filter((path) => existsSync(join(root, path, 'package.json')))
    .map((path) => {
      const folder = join(root, path);
      const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
      return { name: manifest.name, folder, path, manifest };
    });
}

/**
 * These workspaces with all that they use at run time and, for private ones and for tests, at development.
 *
 * @param {readonly Workspace[]} all
 * @param {readonly Workspace[]} wanted
 * @returns {Workspace[]}
 */
export function withDependencies(all, wanted) {
  const byName = new Map(all.map((one) => [one.name, one]));
  /** @type {Set<Workspace>} */
  const found = new Set();
  const add = (/** @type {Workspace} */ one) => {
    if (found.has(one)) return;
    found.add(one);
    const { dependencies, devDependencies } = one.manifest;
    for (const name of Object.keys({ ...dependencies, ...devDependencies })) {
      const next = byName.get(name);
      if (next) add(next);
    }
  };
  for (const one of wanted) add(one);
  return all.filter((one) => found.has(one));
}

/**
 * @param {readonly Workspace[]} all
 * @param {string} name Such as `server`, `packages/server` or `@iib-kit/server`.
 * @returns {Workspace}
 */
export function workspaceNamed(all, name) {
  const found = all.find((one) => [one.name, one.path, one.path.replace('packages/', '')].includes(name));
  if (!found) throw new Error(`No package "${name}"; there are ${all.map(({ path }) => path).join(', ')}`);
  return found;
}

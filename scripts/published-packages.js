import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the whole project. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * What the project publishes, each package after those that it depends on.
 *
 * @typedef {{ name: string, version: string, files: string[], private?: boolean, publishConfig?: { provenance?: boolean }, dependencies?: Record<string, string>, exports: Record<string, unknown> }} Manifest
 * @typedef {{ specifier: string, reportName: string, types: string }} Entry
 * @typedef {{ name: string, shortName: string, folder: string, manifest: Manifest, entries: Entry[] }} Package
 * @returns {Package[]}
 */
export function publishedPackages() {
  const found = readdirSync(join(root, 'packages')).map((folder) =>
    readPackage(join(root, 'packages', folder)),
  );
  const published = new Map(found.filter(({ manifest }) => !manifest.private).map((one) => [one.name, one]));
  /** @type {Set<Package>} */
  const ordered = new Set();
  const visit = (/** @type {Package} */ one) => {
    for (const name of Object.keys(one.manifest.dependencies ?? {})) {
      const dependency = published.get(name);
      if (dependency) visit(dependency);
    }
    ordered.add(one);
  };
  for (const one of published.values()) visit(one);
  return [...ordered];
}

/** @returns {Package} */
function readPackage(/** @type {string} */ folder) {
  /** @type {Manifest} */
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const { name } = manifest;
  const shortName = name.replace('@iib-kit/', '');
  const entries = Object.entries(manifest.exports).flatMap(([subpath, target]) => {
    const types = typesOf(target);
    if (types === undefined) return [];
    const ending = subpath.slice(2);
    return {
      specifier: ending === '' ? name : `${name}/${ending}`,
      reportName: ending === '' ? shortName : `${shortName}.${ending.replaceAll('/', '.')}`,
      types: join(folder, types),
    };
  });
  return { name, shortName, folder, manifest, entries };
}

/** @returns {string | undefined} */
function typesOf(/** @type {unknown} */ target) {
  return typeof target === 'object' && target && 'types' in target ? String(target.types) : undefined;
}

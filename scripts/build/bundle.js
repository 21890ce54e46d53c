import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { workspaces } from './workspaces.js';

/**
 * What a package's `build.config.js` exports as default.
 *
 * @typedef {object} PackageBuild
 * @property {Record<string, string>} entry Name of the file in `dist`, without its extension, to its source.
 * @property {string} [outdir] `dist` unless given.
 * @property {import('esbuild').Plugin[]} [plugins]
 * @property {() => Promise<void> | void} [afterBuild]
 */

/**
 * What a package's `build.config.js` says of the package or of its benchmarks; undefined where it says nothing.
 *
 * @param {import('./workspaces.js').Workspace} workspace
 * @param {'default' | 'bench'} which
 * @returns {Promise<PackageBuild | undefined>}
 */
export async function packageBuild(workspace, which) {
  const path = join(workspace.folder, 'build.config.js');
  if (!existsSync(path)) return undefined;
  return (await import(pathToFileURL(path).href))[which];
}

/**
 * ESM for Node 20 with source maps. A package's dependencies stay imports; private packages of this repository, which no
 * user could install, are bundled from their sources.
 *
 * @param {import('./workspaces.js').Workspace} workspace
 * @param {PackageBuild} build
 * @returns {import('esbuild').BuildOptions}
 */
export function esbuildOptions({ folder }, { entry, outdir = 'dist', plugins = [] }) {
  return {
    absWorkingDir: folder,
    entryPoints: entry,
    outdir,
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'node',
    target: 'node20.19',
    sourcemap: true,
    logLevel: 'warning',
    // The paths of tsconfig.json lead to sources, for the compiler and editors alone.
    tsconfigRaw: '{}',
    plugins: [...plugins, outsidePackages()],
  };
}

/**
 * Leaves every import of a package as it is but those of private ones, whose exports are their sources.
 *
 * @returns {import('esbuild').Plugin}
 */
function outsidePackages() {
  const bundled = workspaces().flatMap(({ manifest, name }) => (manifest.private ? [name] : []));
  return {
    name: 'outside-packages',
    setup(build) {
      build.onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
        const inside = bundled.some((name) => path === name || path.startsWith(`${name}/`));
        return kind === 'entry-point' || inside ? undefined : { path, external: true };
      });
    },
  };
}

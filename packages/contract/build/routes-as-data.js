import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build as esbuild } from 'esbuild';

import { catalogVocabulary } from './catalog-vocabulary.js';

const source = "export { api } from './src/api.ts';\nexport { routesOf } from './src/routes-of.ts';";
const pathTemplate = "export { fillPath, pathParameters } from './path-template.ts';";

/**
 * Writes the routes out as data in place of `src/routes.ts`, which derives them from the schemas.
 *
 * @returns {import('esbuild').Plugin}
 */
export function routesAsData() {
  return {
    name: 'routes-as-data',
    setup(build) {
      build.onLoad({ filter: /[\\/]src[\\/]routes\.ts$/ }, async () => {
        const { api, routesOf } = await importBundled(build.initialOptions.absWorkingDir ?? process.cwd());
        const watchFiles = ['src/api.ts', 'src/routes-of.ts'].map((file) => join(process.cwd(), file));
        return {
          contents: `${pathTemplate}\nexport const routes = ${JSON.stringify(routesOf(api))};`,
          watchFiles,
        };
      });
    },
  };
}

/** Node 20 runs no TypeScript by itself. */
async function importBundled(/** @type {string} */ folder) {
  const options = { bundle: true, format: 'esm', platform: 'node', write: false };
  const { outputFiles } = await esbuild({
    ...options,
    stdin: { contents: source, resolveDir: folder },
    packages: 'external',
    plugins: [catalogVocabulary()],
    tsconfigRaw: '{}',
  });
  const file = join(folder, `.routes-${process.pid}-${Date.now()}.mjs`);
  try {
    await writeFile(file, outputFiles[0].text);
    return await import(pathToFileURL(file).href);
  } finally {
    await rm(file, { force: true });
  }
}

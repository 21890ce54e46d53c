import { fileURLToPath } from 'node:url';

const source = fileURLToPath(new URL('../../catalog/src/vocabulary.ts', import.meta.url));

/**
 * Writes the lists of the catalog into the contract, whose users do not install the catalog.
 *
 * @returns {import('esbuild').Plugin}
 */
export function catalogVocabulary() {
  return {
    name: 'catalog-vocabulary',
    setup(build) {
      build.onResolve({ filter: /^@iib-kit\/catalog\/vocabulary$/ }, () => ({ path: source }));
    },
  };
}

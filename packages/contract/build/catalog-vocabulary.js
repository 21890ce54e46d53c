import { fileURLToPath } from 'node:url';

const sources = {
  '@iib-kit/catalog/vocabulary': '../../catalog/src/vocabulary.ts',
  '@iib-kit/metadata/media-kinds': '../../metadata/src/media-kinds.ts',
};

/**
 * Writes the lists of the catalog into the contract, whose users do not install the catalog, and the list of media kinds
 * which the catalog takes from metadata.
 *
 * @returns {import('esbuild').Plugin}
 */
export function catalogVocabulary() {
  return {
    name: 'catalog-vocabulary',
    setup(build) {
      for (const [name, source] of Object.entries(sources)) {
        const path = fileURLToPath(new URL(source, import.meta.url));
        build.onResolve({ filter: new RegExp(`^${name}$`) }, () => ({ path }));
      }
    },
  };
}

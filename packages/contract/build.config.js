import { catalogVocabulary } from './build/catalog-vocabulary.js';
import { routesAsData } from './build/routes-as-data.js';

/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default {
  entry: { index: 'src/index.ts', routes: 'src/routes.ts', vocabulary: 'src/vocabulary.ts' },
  plugins: [catalogVocabulary(), routesAsData()],
};

/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default { entry: { index: 'src/index.ts', core: 'src/core.ts', 'media-kinds': 'src/media-kinds.ts' } };

/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export const bench = {
  entry: { 'head-only.bench': 'bench/head-only.bench.ts', 'fuzz.bench': 'bench/fuzz.bench.ts' },
  outdir: 'bench/dist',
};

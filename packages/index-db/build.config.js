// The threads are started by URL, so each is a file of its own beside index.js; users import index alone.
/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default {
  entry: {
    index: 'src/index.ts',
    'writer-worker': 'src/workers/writer-worker.ts',
    'reader-worker': 'src/workers/reader-worker.ts',
    'scanner-worker': 'src/workers/scanner-worker.ts',
  },
};

/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export const bench = { entry: { search: 'bench/search.ts', aging: 'bench/aging.ts' }, outdir: 'bench/dist' };

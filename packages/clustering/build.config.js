// The threads are started by URL, so each is a file of its own beside index.js.
/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default {
  entry: {
    index: 'src/index.ts',
    openai: 'src/openai.ts',
    'clustering-worker': 'src/clustering-worker.ts',
    'local-worker': 'src/local-worker.ts',
  },
};

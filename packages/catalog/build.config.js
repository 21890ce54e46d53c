/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default {
  entry: {
    index: 'src/index.ts',
    vocabulary: 'src/vocabulary.ts',
    text: 'src/text.ts',
    query: 'src/query.ts',
    scan: 'src/scan.ts',
    watch: 'src/watch.ts',
    rules: 'src/rules.ts',
    conformance: 'src/conformance.ts',
    // Loaded by its URL on the thread that scans.
    'describe-media': 'src/scan/describe-media.ts',
  },
};

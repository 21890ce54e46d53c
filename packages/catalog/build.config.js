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
    // Loaded by their URLs on the thread that scans.
    'describe-media': 'src/scan/describe-media.ts',
    'plain-describer': 'src/conformance/library/plain-describer.ts',
    'record-describer': 'src/conformance/library/record-describer.ts',
  },
};

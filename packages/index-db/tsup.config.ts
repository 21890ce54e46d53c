import { packageBuild } from '../../tsup.base.ts';

// The threads are started by URL, so each is a file of its own beside index.js; only the first is imported by users.
export default packageBuild({
  entry: {
    index: 'src/index.ts',
    'writer-worker': 'src/workers/writer-worker.ts',
    'reader-worker': 'src/workers/reader-worker.ts',
    'describe-media': 'src/describe-media.ts',
    'scanner-worker': 'src/workers/scanner-worker.ts',
  },
  dts: { entry: { index: 'src/index.ts' }, compilerOptions: { ignoreDeprecations: '6.0' } },
});

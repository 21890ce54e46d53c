import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  entry: [
    'src/index.ts',
    'src/openai.ts',
    'src/clustering-worker.ts',
    'src/local-worker.ts',
    'src/search-worker.ts',
  ],
  dts: {
    entry: { index: 'src/index.ts', openai: 'src/openai.ts' },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
});

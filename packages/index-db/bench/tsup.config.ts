import { packageBuild } from '../../../tsup.base.ts';

export default packageBuild({
  entry: { search: 'bench/search.ts' },
  outDir: 'bench/dist',
  external: ['@iib-kit/index-db'],
  dts: false,
});

import { packageBuild } from '../tsup.base.ts';

export default packageBuild({
  entry: { main: 'main.ts', 'index-library': 'indexing/index-library.ts' },
  dts: false,
});

import { packageBuild } from '../../../tsup.base.ts';

export default packageBuild({ entry: ['bench/*.bench.ts'], outDir: 'bench/dist', dts: false });

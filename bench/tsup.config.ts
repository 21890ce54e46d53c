import { packageBuild } from '../tsup.base.ts';

export default packageBuild({ entry: ['main.ts'], dts: false });

import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({ entry: ['src/index.ts', 'src/core.ts', 'src/media-kinds.ts'] });

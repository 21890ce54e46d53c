import { packageBuild } from '../../tsup.base.ts';

export default packageBuild({
  entry: ['src/index.ts', 'src/fastify.ts', 'src/express.ts', 'src/bin.ts'],
});

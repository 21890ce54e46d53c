import { packageBuild } from '../../tsup.base.ts';

// The thread is started by URL, so it is a file of its own beside the others; users never import it.
export default packageBuild({
  entry: {
    index: 'src/index.ts',
    fastify: 'src/fastify.ts',
    express: 'src/express.ts',
    bin: 'src/bin.ts',
    'listing-worker': 'src/listing/listing-worker.ts',
  },
  dts: {
    entry: { index: 'src/index.ts', fastify: 'src/fastify.ts', express: 'src/express.ts' },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
});

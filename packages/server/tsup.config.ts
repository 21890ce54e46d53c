import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { packageBuild } from '../../tsup.base.ts';

// The thread is started by URL, so it is a file of its own beside the others; users never import it.
/** The viewer of `/docs` is one file, which users get with the package. */
function copyViewer(): void {
  const viewer = path.dirname(fileURLToPath(import.meta.resolve('openapi-explorer/package.json')));
  mkdirSync('dist/viewer', { recursive: true });
  copyFileSync(path.join(viewer, 'dist/browser/openapi-explorer.min.js'), 'dist/viewer/openapi-explorer.js');
  copyFileSync(path.join(viewer, 'LICENSE'), 'dist/viewer/LICENSE');
}

export default packageBuild({
  entry: {
    index: 'src/index.ts',
    fastify: 'src/fastify.ts',
    express: 'src/express.ts',
    web: 'src/web.ts',
    bin: 'src/bin.ts',
    'listing-worker': 'src/listing/listing-worker.ts',
  },
  dts: {
    entry: {
      index: 'src/index.ts',
      fastify: 'src/fastify.ts',
      express: 'src/express.ts',
      web: 'src/web.ts',
    },
    compilerOptions: { ignoreDeprecations: '6.0' },
  },
  onSuccess: async () => copyViewer(),
});

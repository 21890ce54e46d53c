import { copyFileSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The viewer of `/docs` is one file, which users get with the package. */
function copyViewer() {
  const here = fileURLToPath(new URL('./', import.meta.url));
  const viewer = path.dirname(fileURLToPath(import.meta.resolve('openapi-explorer/package.json')));
  const folder = path.join(here, 'dist/viewer');
  mkdirSync(folder, { recursive: true });
  copyFileSync(
    path.join(viewer, 'dist/browser/openapi-explorer.min.js'),
    path.join(folder, 'openapi-explorer.js'),
  );
  copyFileSync(path.join(viewer, 'LICENSE'), path.join(folder, 'LICENSE'));
}

// The thread is started by URL, so it is a file of its own beside the others; users never import it.
/** @type {import('../../scripts/build/bundle.js').PackageBuild} */
export default {
  entry: {
    index: 'src/index.ts',
    fastify: 'src/fastify.ts',
    express: 'src/express.ts',
    web: 'src/web.ts',
    bin: 'src/bin.ts',
    'listing-worker': 'src/listing/listing-worker.ts',
  },
  afterBuild: copyViewer,
};

import solid from 'vite-plugin-solid';
import { defineConfig } from 'vite';

import { precompressed } from './build/precompressed.ts';
import { reportedSizes } from './build/reported-sizes.ts';
import { servedBelowABase } from './build/served-below-a-base.ts';
import { withoutSchemas } from './build/without-schemas.ts';

/** The running server that the page talks to in development. */
const server = process.env['IIB_SERVER'] ?? 'http://127.0.0.1:8000/infinite_image_browsing';

export default defineConfig({
  // Relative URLs of assets, so that one build works below every base path.
  base: './',
  plugins: [withoutSchemas(), solid(), servedBelowABase(), precompressed(), reportedSizes()],
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // The content security policy allows no `data:` URLs in style sheets and scripts.
    assetsInlineLimit: 0,
    // All styles are 10 kB compressed; this way lazy components need only their script.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      checks: { pluginTimings: false },
      // One chunk of the small modules that every view needs compresses better than dozens of tiny ones.
      output: {
        codeSplitting: {
          groups: [
            { name: 'core', test: /src\/(?:address|preferences|query|library\/(?:connection|info))\// },
          ],
        },
      },
    },
    sourcemap: false,
  },
  logLevel: 'warn',
  server: {
    proxy: {
      '^/(?!src|node_modules|@|index\\.html|$)': {
        target: new URL(server).origin,
        bypass: ({ headers }) => (headers.accept?.includes('text/html') ? '/index.html' : undefined),
        rewrite: (path) => new URL(server).pathname.replace(/\/$/, '') + path,
      },
    },
  },
});

import solid from 'vite-plugin-solid';
import { defineConfig } from 'vite';

import { precompressed } from './build/precompressed.ts';
import { reportedSizes } from './build/reported-sizes.ts';
import { servedBelowABase } from './build/served-below-a-base.ts';
import { withoutSchemas } from './build/without-schemas.ts';

/** For `npm run dev`: the running server that the page talks to. */
const server = process.env['IIB_SERVER'] ?? 'http://127.0.0.1:8000/infinite_image_browsing';

export default defineConfig({
  // Addresses of assets are relative, so that one build serves below every base path.
  base: './',
  plugins: [withoutSchemas(), solid(), servedBelowABase(), precompressed(), reportedSizes()],
  build: {
    target: ['chrome123', 'firefox121', 'safari17.5'],
    // An inlined asset would be a `data:` address in a style sheet or script.
    assetsInlineLimit: 0,
    // All of it is 10 kB compressed; parts that come late need nothing but their script.
    cssCodeSplit: false,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: { checks: { pluginTimings: false } },
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

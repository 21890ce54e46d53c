import type { Plugin } from 'vite';

import { viewPaths } from '../src/app/view-paths.ts';

/**
 * Adds the placeholders for the base path and the event cursor that the server fills in, and lists in `views.json` the
 * paths below the base that are views of the application.
 */
export function servedBelowABase(): Plugin {
  let isBuild = false;
  return {
    name: 'served-below-a-base',
    configResolved({ command }) {
      isBuild = command === 'build';
    },
    transformIndexHtml: {
      order: 'post',
      handler: () => [
        {
          tag: 'base',
          attrs: { href: isBuild ? '{{base}}/' : '/' },
          injectTo: 'head-prepend',
        },
        ...(isBuild
          ? [
              {
                tag: 'meta',
                attrs: { name: 'event-cursor', content: '{{event-cursor}}' },
                injectTo: 'head' as const,
              },
            ]
          : []),
      ],
    },
    generateBundle() {
      this.emitFile({ type: 'asset', fileName: 'views.json', source: JSON.stringify(viewPaths) });
    },
  };
}

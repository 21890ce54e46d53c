import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from '../context.ts';
import type { Reply } from '../http/reply.ts';
import { packageVersion } from '../package-version.ts';
import { frontEndSettings } from './front-end-settings.ts';

export const system: Handlers<typeof api, RequestContext, Reply>['system'] = {
  hello: async () => 'hello' as const,

  version: async () => ({
    name: '@iib-kit/server',
    tag: packageVersion,
    hash: null,
    platform: `${process.platform} ${process.arch}`,
    node_version: process.version,
  }),

  ...frontEndSettings,
};

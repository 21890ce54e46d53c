import type { api, Handlers } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import type { Reply } from '../http/reply.ts';
import { ai } from './ai.ts';
import { events } from './events.ts';
import { extraPaths } from './extra-paths.ts';
import { fileSystem } from './file-system.ts';
import { imageMetadata } from './image-metadata.ts';
import { marks } from './marks.ts';
import { jobs } from './jobs.ts';
import { media } from './media.ts';
import { organize } from './organize.ts';
import { search } from './search.ts';
import { seedGroups } from './seed-groups.ts';
import { system } from './system.ts';
import { tagGraph } from './tag-graph.ts';
import { tags } from './tags.ts';

/** One handler for every endpoint of the contract; the compiler refuses a list that lacks one. */
export const handlers = {
  fileSystem,
  media,
  imageMetadata,
  search,
  tags,
  marks,
  ai,
  tagGraph,
  extraPaths,
  system,
  jobs,
  events,
  seedGroups,
  organize,
} satisfies Handlers<typeof api, RequestContext, Reply>;

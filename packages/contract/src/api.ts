import type { Api } from './endpoint.ts';
import { ai } from './endpoints/ai.ts';
import { events } from './endpoints/events.ts';
import { extraPaths } from './endpoints/extra-paths.ts';
import { fileSystem } from './endpoints/file-system.ts';
import { imageMetadata } from './endpoints/image-metadata.ts';
import { marks } from './endpoints/marks.ts';
import { jobs } from './endpoints/jobs.ts';
import { media } from './endpoints/media.ts';
import { organize } from './endpoints/organize.ts';
import { search } from './endpoints/search.ts';
import { seedGroups } from './endpoints/seed-groups.ts';
import { system } from './endpoints/system.ts';
import { tagGraph } from './endpoints/tag-graph.ts';
import { tags } from './endpoints/tags.ts';

/** Every endpoint, grouped as the API reference is. */
export const api = {
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
} as const satisfies Api;

/** The base path unless another is configured. */
export const DEFAULT_BASE = '/infinite_image_browsing';

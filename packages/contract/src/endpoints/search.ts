import { z } from 'zod';

import { endpoint } from '../endpoint.ts';
import { boolean, integer, paths } from '../shapes/lenient.ts';
import { imagePage, pageSize, requestCursor } from '../shapes/page.ts';
import { tag } from '../shapes/tag.ts';

/** Longest search text, in UTF-16 units. */
export const MAX_NEEDLE_LENGTH = 4096;

/** Most tags in one search. */
export const MAX_TAGS_IN_SEARCH = 256;

const folderPaths = paths().prefault([]).describe('Only images in these folders and below; all when empty');

function tagIds() {
  return z
    .array(integer({ min: 1 }))
    .max(MAX_TAGS_IN_SEARCH)
    .prefault([]);
}

export const search = {
  basicInfo: endpoint({
    method: 'GET',
    path: '/db/basic_info',
    summary: 'How many images are indexed, and their tags',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      img_count: z.int(),
      tags: z.array(tag),
      expired: z.boolean().describe('Whether a folder changed since it was indexed'),
      expired_dirs: z.array(z.string()),
    }),
    errors: [],
    example: {},
  }),
  updateIndex: endpoint({
    method: 'POST',
    path: '/db/update_image_data',
    summary: 'Bring the index up to date',
    description: 'Reads what is new or changed in all folders of the library; answers when it is done.',
    permission: 'read',
    input: z.object({}),
    output: z.null(),
    errors: [],
    example: {},
  }),
  bySubstring: endpoint({
    method: 'POST',
    path: '/db/search_by_substr',
    summary: 'Images whose path or generation text contains a text',
    description: 'Upper and lower case are alike; `%` and `_` mean themselves. `regexp` takes precedence.',
    permission: 'read',
    input: z.object({
      surstr: z.string().max(MAX_NEEDLE_LENGTH).prefault(''),
      cursor: requestCursor,
      regexp: z.string().max(MAX_NEEDLE_LENGTH).prefault('').describe('JavaScript syntax, flags i, m and s'),
      folder_paths: folderPaths,
      size: pageSize,
      path_only: boolean().prefault(false).describe('Look at the path only'),
      media_type: z.enum(['all', 'image', 'video', 'audio']).prefault('all'),
    }),
    output: imagePage,
    errors: [408],
    example: { surstr: 'landscape', cursor: '', regexp: '', size: 100, folder_paths: [] },
  }),
  byTags: endpoint({
    method: 'POST',
    path: '/db/match_images_by_tags',
    summary: 'Images by their tags',
    description: 'All of `and_tags`, at least one of `or_tags` if any are given, none of `not_tags`.',
    permission: 'read',
    input: z.object({
      and_tags: tagIds(),
      or_tags: tagIds(),
      not_tags: tagIds(),
      cursor: requestCursor,
      folder_paths: folderPaths,
      size: pageSize,
      random_sort: boolean().prefault(false),
    }),
    output: imagePage,
    errors: [],
    example: { and_tags: [1], or_tags: [], not_tags: [], cursor: '', size: 100 },
  }),
};

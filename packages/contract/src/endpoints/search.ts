import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { indexedFileInfo } from '../schemas/file-info.ts';
import { boolean, integer, path, paths } from '../schemas/lenient.ts';
import { imagePage, pageSize, requestCursor, unavailable } from '../schemas/page.ts';
import { namedCount } from '../schemas/named-count.ts';
import { tag } from '../schemas/tag.ts';
import { completionFields, mediaTypes, querySorts } from '../vocabulary.ts';

/** Longest search text, in UTF-16 units. */
export const MAX_NEEDLE_LENGTH = 4096;

/** Most tags in one search. */
export const MAX_TAGS_IN_SEARCH = 256;

const folderPaths = paths()
  .prefault([])
  .describe(
    'Only images in these folders and below; all when empty. Folders that are not there are passed over',
  );

const sort = z.enum(querySorts);

const queryText = z
  .string()
  .max(MAX_NEEDLE_LENGTH)
  .prefault('')
  .describe('Such as `fox -blurry model:juggernaut steps>20 (rating>=4 OR tag=like)`; everything when empty');

const expiry = {
  expired: z.boolean().describe('Whether a folder changed since it was indexed'),
  expired_dirs: z.array(z.string()),
  unavailable,
};

const savedSearch = z
  .object({ name: z.string(), query: z.string(), folder_paths: z.array(z.string()), sort })
  .meta({ id: 'SavedSearch' });

const diskUse = z.object({ ...namedCount.shape, bytes: z.int() }).meta({ id: 'DiskUse' });

const searchName = z.string().trim().min(1, 'a name cannot be blank').max(255);

const searchBlock = z
  .object({
    date: z.string().nullable().describe('`YYYY-MM-DD`, for `newest` and `oldest`: a block is of one day'),
    count: z.int(),
    cursor: z.string().describe('Gives the block from `/db/search`, with `size` as its `count`'),
  })
  .meta({ id: 'SearchBlock' });

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
      ...expiry,
    }),
    errors: [],
    example: {},
  }),
  expiredDirs: endpoint({
    method: 'GET',
    path: '/db/expired_dirs',
    summary: 'Which folders changed since they were indexed',
    permission: 'read',
    input: z.object({}),
    output: z.object(expiry),
    errors: [],
    example: {},
  }),
  updateIndex: endpoint({
    method: 'POST',
    path: '/db/update_image_data',
    summary: 'Bring the index up to date',
    description: 'Reads what is new or changed in all folders of the library; answers when it is done.',
    permission: 'read',
    answersWhenDone: true,
    input: z.object({}),
    output: z.null(),
    errors: [],
    example: {},
  }),
  rebuildIndex: endpoint({
    method: 'POST',
    path: '/db/rebuild_index',
    summary: 'Read every file of the library again',
    description:
      'Makes the tags that are read from images anew. Custom tags, ratings, notes and texts that the owner wrote ' +
      'stay. Answers when it is done.',
    permission: 'write',
    answersWhenDone: true,
    input: z.object({}),
    output: z.null(),
    errors: [],
    example: {},
  }),
  randomImages: endpoint({
    method: 'GET',
    path: '/db/random_images',
    summary: 'Up to 128 images by chance, each once',
    permission: 'read',
    input: z.object({}),
    output: z.array(indexedFileInfo),
    errors: [],
    example: {},
  }),
  bySubstring: endpoint({
    method: 'POST',
    path: '/db/search_by_substr',
    summary: 'Images whose path or generation text contains a text',
    description:
      'Newest first. Upper and lower case are alike; `%` and `_` mean themselves. `regexp` takes precedence; it is ' +
      'looked for in the text, the path, and the file name by itself, so that `^` can be the beginning of a name.',
    permission: 'read',
    pageItems: 'files',
    onlyAsks: true,
    input: z.object({
      surstr: z.string().max(MAX_NEEDLE_LENGTH).prefault(''),
      cursor: requestCursor,
      regexp: z.string().max(MAX_NEEDLE_LENGTH).prefault('').describe('JavaScript syntax, flags i, m and s'),
      folder_paths: folderPaths,
      size: pageSize,
      path_only: boolean().prefault(false).describe('Look at the path only'),
      media_type: z.enum(['all', ...mediaTypes]).prefault('all'),
    }),
    output: imagePage,
    errors: [408],
    example: { surstr: 'landscape', cursor: '', regexp: '', size: 100, folder_paths: [] },
  }),
  byTags: endpoint({
    method: 'POST',
    path: '/db/match_images_by_tags',
    summary: 'Images by their tags',
    description:
      'All of `and_tags`, at least one of `or_tags` if any are given, none of `not_tags`. Newest first, or in a ' +
      'random order that neither repeats nor skips an image from page to page.',
    permission: 'read',
    pageItems: 'files',
    onlyAsks: true,
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
  byQuery: endpoint({
    method: 'POST',
    path: '/db/search',
    summary: 'Images by a query of words, phrases and fields',
    description:
      'Words and `"phrases"` are looked for in path and text; `-` excludes, `OR` and brackets combine. Fields: ' +
      '`steps cfg seed width height rating size date` with `: = > >= < <=` and ranges (`a..b`); `model lora sampler ' +
      'source tag path name note generator` with `:` (contains) and `=` (is); `folder:`, `type:`, `has:`. A query ' +
      'that cannot be understood is 400, with its position in `loc`.',
    permission: 'read',
    pageItems: 'files',
    onlyAsks: true,
    input: z.object({
      query: queryText,
      folder_paths: folderPaths,
      sort: sort.prefault('newest'),
      cursor: requestCursor,
      size: pageSize,
    }),
    output: imagePage,
    errors: [],
    example: { query: 'fox -blurry steps>20', sort: 'newest', cursor: '', size: 100 },
  }),
  layout: endpoint({
    method: 'POST',
    path: '/db/search_layout',
    summary: 'How many images a query has, and cursors that lead into the middle of them',
    description:
      'What a list has to know that shows every match under one scroll bar. The images in the order of the search are ' +
      'divided into blocks; blocks by date are of one day each, in the time zone of the server. Any block can be asked ' +
      'for at any time: `/db/search` with the same query, folders and order, the `cursor` of the block and its `count` ' +
      'as `size` gives its images, also while others are added or removed. Compressed for clients that take it.',
    permission: 'read',
    input: z.object({
      query: queryText,
      folder_paths: folderPaths,
      sort: sort.prefault('newest'),
      block_size: integer({ min: 50, max: 1000 }).prefault(200).describe('Most images in one block'),
    }),
    output: z
      .object({
        count: z.int().describe('Images that match'),
        blocks: z.array(searchBlock),
        unavailable,
      })
      .meta({ id: 'SearchLayout' }),
    isCompressed: true,
    onlyAsks: true,
    errors: [],
    example: { query: 'fox', sort: 'newest', block_size: 200 },
  }),
  complete: endpoint({
    method: 'POST',
    path: '/db/complete',
    summary: 'What a value of a query field may become that somebody is typing',
    description:
      'First values that begin with the text, then those that contain it, most used first; upper and lower case are ' +
      'alike. Folders begin with their path or their name, and count what is in them at any depth. A value with blanks, ' +
      'brackets or quotes stands in quotes in a query. Counts of folders and generators may be half a minute old.',
    permission: 'read',
    input: z.object({
      field: z.enum(completionFields),
      prefix: z.string().max(MAX_NEEDLE_LENGTH).prefault('').describe('Empty for the most used of all'),
      limit: integer({ min: 1, max: 100 }).prefault(20),
    }),
    output: z.array(z.object({ value: z.string(), count: z.int() }).meta({ id: 'Completion' })),
    onlyAsks: true,
    errors: [],
    example: { field: 'model', prefix: 'dream', limit: 10 },
  }),
  savedSearches: endpoint({
    method: 'GET',
    path: '/db/saved_searches',
    summary: 'Saved searches, oldest first',
    permission: 'read',
    input: z.object({}),
    output: z.array(savedSearch),
    errors: [],
    example: {},
  }),
  saveSearch: endpoint({
    method: 'POST',
    path: '/db/saved_searches',
    summary: 'Keep a query under a name, in place of the one that had it',
    permission: 'write',
    input: z.object({
      name: searchName,
      query: queryText,
      folder_paths: folderPaths,
      sort: sort.prefault('newest'),
    }),
    output: z.null(),
    errors: [],
    example: { name: 'best foxes', query: 'fox rating>=4' },
  }),
  removeSavedSearch: endpoint({
    method: 'DELETE',
    path: '/db/saved_searches',
    summary: 'Delete a saved search',
    permission: 'write',
    input: z.object({ name: searchName }),
    output: z.null(),
    errors: [],
    example: { name: 'best foxes' },
  }),
  nearDuplicates: endpoint({
    method: 'POST',
    path: '/db/near_duplicates',
    summary: 'Images that look like one, nearest first',
    description:
      'Compares perceptual hashes: other sizes, formats and qualities of a picture differ in few of 64 bits. ' +
      'Images that were never hashed are not found; `/db/hash_images` hashes them.',
    permission: 'read',
    onlyAsks: true,
    input: z.object({
      path: path(),
      distance: integer({ min: 0, max: 64 }).prefault(10).describe('In how many bits they may differ'),
      size: integer({ min: 1, max: 1000 }).prefault(100),
    }),
    output: z.array(z.object({ ...indexedFileInfo.shape, distance: z.int() }).meta({ id: 'NearDuplicate' })),
    errors: [404, 408, 413, 429],
    example: { path: '/library/image.png', distance: 10 },
  }),
  hashImages: endpoint({
    method: 'POST',
    path: '/db/hash_images',
    summary: 'Hash all images of the library, for `/db/near_duplicates`',
    description:
      'In a job; one that runs already is joined. Images that were hashed before take next to no time.',
    permission: 'write',
    input: z.object({}),
    output: z.object({ job_id: z.string() }),
    startsJob: {
      status: ['jobs', 'status'],
      field: 'result',
      result: z.object({ hashed: z.int(), failed: z.int() }),
    },
    errors: [429],
    example: {},
  }),
  folderCovers: endpoint({
    method: 'POST',
    path: '/db/folder_covers',
    summary: 'The newest images of each of many folders, at any depth',
    description: 'Folders without an indexed image are left out.',
    permission: 'read',
    onlyAsks: true,
    input: z.object({ paths: paths(), count: integer({ min: 1, max: 20 }).prefault(4) }),
    output: z.record(z.string(), z.array(indexedFileInfo)).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library'], count: 4 },
  }),
  trend: endpoint({
    method: 'GET',
    path: '/db/stats/trend',
    summary: 'How the library grew, and what made it',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      total_images: z.int(),
      total_disk_usage: z.int().describe('Bytes'),
      daily_contributions: z.array(z.object({ date: z.string().describe('`YYYY-MM-DD`'), count: z.int() })),
      monthly_trends: z.array(z.object({ month: z.string().describe('`YYYY-MM`'), count: z.int() })),
      top_models: z.array(namedCount),
      top_samplers: z.array(namedCount),
      top_lora: z.array(namedCount),
      top_source: z.array(namedCount),
    }),
    errors: [],
    example: {},
  }),
  statistics: endpoint({
    method: 'GET',
    path: '/db/statistics',
    summary: 'Counts of the whole library',
    description: 'Days and months are those of the time zone of the server, by the time files were modified.',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      image_count: z.int(),
      bytes: z.int(),
      size: z.string().describe('`bytes` for people'),
      days: z.array(namedCount).describe('`YYYY-MM-DD`, oldest first, days without images left out'),
      months: z.array(namedCount).describe('`YYYY-MM`, oldest first'),
      models: z.array(namedCount).describe('The 20 most used, most used first'),
      samplers: z.array(namedCount),
      loras: z.array(namedCount),
      sources: z.array(namedCount),
      custom_tags: z.array(namedCount).describe('All custom tags, most used first'),
      folders: z.array(diskUse).describe('The 20 folders whose own files take most room, largest first'),
      media_types: z.array(diskUse).describe('`image`, `video` and `audio`, largest first'),
    }),
    errors: [],
    example: {},
  }),
};

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
    'Only images in these folders and their subfolders; empty for all. Folders that do not exist are ignored',
  );

const sort = z.enum(querySorts);

const queryText = z
  .string()
  .max(MAX_NEEDLE_LENGTH)
  .prefault('')
  .describe(
    'Such as `fox -blurry model:juggernaut steps>20 (rating>=4 OR tag=like)`; empty matches everything',
  );

const expiry = {
  expired: z.boolean().describe('Whether any folder changed since it was indexed'),
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
    date: z
      .string()
      .nullable()
      .describe('`YYYY-MM-DD`; only for `newest` and `oldest`, where a block covers one day'),
    count: z.int(),
    cursor: z.string().describe('Passed to `/db/search` with `size` set to `count`, returns the block'),
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
    summary: 'The number of indexed images, and their tags',
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
    summary: 'Update the index',
    description: 'Reads new and changed files in all folders of the library. Answers when done.',
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
      'Recreates the tags that are read from images. Custom tags, ratings, notes and generation texts ' +
      'written by the owner are kept. Leaves the index stored as a new one is. Answers when done.',
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
    summary: 'Up to 128 random images, without repetition',
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
      'Newest first. Case is ignored; `%` and `_` are ordinary characters. `regexp` takes precedence; it is ' +
      'looked for in the text, the path, and the file name by itself, so that `^` can be the beginning of a ' +
      'name.',
    permission: 'read',
    largeBody: true,
    pageItems: 'files',
    onlyAsks: true,
    input: z.object({
      surstr: z.string().max(MAX_NEEDLE_LENGTH).prefault(''),
      cursor: requestCursor,
      regexp: z.string().max(MAX_NEEDLE_LENGTH).prefault('').describe('JavaScript syntax, flags i, m and s'),
      folder_paths: folderPaths,
      size: pageSize,
      path_only: boolean().prefault(false).describe('Search in the path only'),
      media_type: z.enum(['all', ...mediaTypes]).prefault('all'),
      and_tags: tagIds().describe('Only images that carry all of these tags'),
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
      'All of `and_tags`, at least one of `or_tags` if any are given, none of `not_tags`. Newest first, or ' +
      'in a random order that neither repeats nor skips an image from page to page.',
    permission: 'read',
    largeBody: true,
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
      'Words and `"phrases"` are searched in path and text; `-` excludes, `OR` and brackets combine. ' +
      'Fields: `steps cfg seed width height rating size date` with `: = > >= < <=` and ranges (`a..b`); ' +
      '`model lora sampler source tag path name note generator` with `:` (contains) and `=` (is); ' +
      '`folder:`, `type:`, `has:`. A query that cannot be understood is 400, with its position in `loc`.',
    permission: 'read',
    largeBody: true,
    pageItems: 'files',
    onlyAsks: true,
    input: z.object({
      query: queryText,
      folder_paths: folderPaths,
      sort: sort.prefault('newest'),
      cursor: requestCursor,
      size: pageSize,
      with_absent: boolean()
        .prefault(false)
        .describe(
          'Whether files that were deleted since they were indexed are given too, as a layout counts them',
        ),
    }),
    output: imagePage,
    errors: [],
    example: { query: 'fox -blurry steps>20', sort: 'newest', cursor: '', size: 100 },
  }),
  layout: endpoint({
    method: 'POST',
    path: '/db/search_layout',
    summary: 'The number of matches of a query, with cursors into the middle of them',
    description:
      'For a list that shows all matches under one scroll bar. The matches, in the order of the search, are ' +
      'divided into blocks; blocks by date cover one day each, in the time zone of the server. Any block ' +
      'can be requested at any time: `/db/search` with the same query, folders and order, the `cursor` of ' +
      'the block, its `count` as `size` and `with_absent` gives its images, also while others are added or ' +
      'removed. ' +
      'Compressed for clients that take it.',
    permission: 'read',
    largeBody: true,
    input: z.object({
      query: queryText,
      folder_paths: folderPaths,
      sort: sort.prefault('newest'),
      block_size: integer({ min: 50, max: 1000 })
        .prefault(200)
        .describe('Maximum number of images in a block'),
    }),
    output: z
      .object({
        count: z.int().describe('Number of matching images'),
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
    summary: 'Completions for a partly typed value of a query field',
    description:
      'Values that begin with the text, then those that contain it, each most used first; case is ignored. ' +
      'Folders are matched by the beginning of their path or name, and count the images in them at any ' +
      'depth. A value with blanks, brackets or quotes stands in quotes in a query. Counts of folders and ' +
      'generators may be half a minute old.',
    permission: 'read',
    input: z.object({
      field: z.enum(completionFields),
      prefix: z.string().max(MAX_NEEDLE_LENGTH).prefault('').describe('Empty for the most used values'),
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
    summary: 'Save a query under a name, replacing an earlier one of that name',
    permission: 'write',
    largeBody: true,
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
    summary: 'Images that look like a given one, nearest first',
    description:
      'Compares perceptual hashes: other sizes, formats and qualities of a picture differ in few of 64 ' +
      'bits. Images that were never hashed are not found; `/db/hash_images` hashes them.',
    permission: 'read',
    onlyAsks: true,
    input: z.object({
      path: path(),
      distance: integer({ min: 0, max: 64 }).prefault(10).describe('Maximum number of differing bits'),
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
      'Starts a job, or joins the one that is running. Images that are already hashed are skipped.',
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
    largeBody: true,
    onlyAsks: true,
    input: z.object({ paths: paths(), count: integer({ min: 1, max: 20 }).prefault(4) }),
    output: z.record(z.string(), z.array(indexedFileInfo)).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library'], count: 4 },
  }),
  trend: endpoint({
    method: 'GET',
    path: '/db/stats/trend',
    summary: 'Statistics on the growth of the library and the tools behind it',
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
    summary: 'Statistics of the whole library',
    description: 'Days and months are by modification time, in the time zone of the server.',
    permission: 'read',
    input: z.object({}),
    output: z.object({
      image_count: z.int(),
      bytes: z.int(),
      size: z.string().describe('`bytes` in human-readable form'),
      days: z.array(namedCount).describe('`YYYY-MM-DD`, oldest first, without days that have no images'),
      months: z.array(namedCount).describe('`YYYY-MM`, oldest first'),
      models: z.array(namedCount).describe('The 20 most used, most used first'),
      samplers: z.array(namedCount),
      loras: z.array(namedCount),
      sources: z.array(namedCount),
      custom_tags: z.array(namedCount).describe('All custom tags, most used first'),
      folders: z.array(diskUse).describe('The 20 folders whose own files use the most space, largest first'),
      media_types: z.array(diskUse).describe('`image`, `video` and `audio`, largest first'),
    }),
    errors: [],
    example: {},
  }),
};

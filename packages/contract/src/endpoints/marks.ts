import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { integer, path, paths } from '../schemas/lenient.ts';

/** Longest note, in UTF-16 units. */
export const MAX_NOTE_LENGTH = 65_536;

export const marks = {
  ofImages: endpoint({
    method: 'POST',
    path: '/db/marks',
    summary: 'Ratings and notes of many images',
    description: 'Images with neither are left out.',
    permission: 'read',
    largeBody: true,
    onlyAsks: true,
    input: z.object({ paths: paths() }),
    output: z
      .record(z.string(), z.object({ rating: z.int().describe('1 to 5, or 0 for none'), note: z.string() }))
      .describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
  rate: endpoint({
    method: 'POST',
    path: '/db/rating',
    summary: 'Rate images from 1 to 5, or remove the rating with 0',
    description: 'Either all images are changed or, if one is refused, none.',
    permission: 'write',
    largeBody: true,
    input: z.object({ img_paths: paths(), rating: integer({ min: 0, max: 5 }) }),
    output: z.null(),
    errors: [404],
    example: { img_paths: ['/library/image.png'], rating: 4 },
  }),
  ratingCounts: endpoint({
    method: 'GET',
    path: '/db/rating_counts',
    summary: 'How many images have each rating',
    description: 'Every rating from 0 (none) to 5, in this order. The counts add up to all indexed images.',
    permission: 'read',
    input: z.object({}),
    output: z.array(z.object({ rating: z.int().describe('1 to 5, or 0 for none'), count: z.int() })),
    errors: [],
    example: {},
  }),
  note: endpoint({
    method: 'POST',
    path: '/db/note',
    summary: 'Set the note of an image; an empty one removes it',
    permission: 'write',
    input: z.object({ img_path: path(), note: z.string().max(MAX_NOTE_LENGTH) }),
    output: z.null(),
    errors: [404],
    example: { img_path: '/library/image.png', note: 'the one for the cover' },
  }),
  export: endpoint({
    method: 'GET',
    path: '/db/marks/export',
    summary: 'Custom tags, ratings, notes and edited texts of all images, as JSON Lines',
    description:
      'One line for each image. The lines can be imported into other libraries too: images are matched by ' +
      'path or by content.',
    permission: 'read',
    input: z.object({}),
    output: { media: 'application/jsonl' },
    errors: [],
    example: {},
  }),
  import: endpoint({
    method: 'POST',
    path: '/db/marks/import',
    summary: 'Import exported lines into the images with the same path or content',
    description:
      'Send large exports in parts. An invalid line is refused with 400 and its number in `loc`. Lines ' +
      'before it may have been imported; importing them again changes nothing.',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({ lines: z.string().describe('JSON Lines, as exported') }),
    output: z.object({
      imported: z.int(),
      unknown: z.array(z.string()).describe('Paths of lines that match no image'),
    }),
    errors: [],
    example: { lines: '{"path":"/library/image.png","tags":["like"],"rating":4}' },
  }),
};

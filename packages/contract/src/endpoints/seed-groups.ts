import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { integer, MAX_PATH_LENGTH } from '../schemas/lenient.ts';

/** Most groups in one answer. */
const MAX_GROUPS = 100_000;

function relativePath() {
  return z
    .string()
    .max(MAX_PATH_LENGTH, `a path cannot be longer than ${MAX_PATH_LENGTH} characters`)
    .refine((text) => !text.includes('\0'), 'a path cannot contain NUL');
}

const directory = relativePath().prefault('').describe('Relative to the base directory; empty for itself');

const filePath = relativePath().min(1, 'a path cannot be empty').describe('Relative to `directory`');

/** Digits, because seeds go beyond 2^53. */
const seed = z.string().regex(/^\d+$/);

const seededImage = z
  .object({
    name: z.string(),
    path: z.string().describe('Relative to the base directory'),
    id: z.string().nullable().describe('Of a name `{id}-{seed}.ext`'),
    seed,
  })
  .meta({ id: 'SeededImage' });

export const seedGroups = {
  groups: endpoint({
    method: 'GET',
    path: '/api/groups',
    summary: 'The images of a directory in runs of consecutive seeds',
    description:
      'A seed is taken from the name `{id}-{seed}.ext` or else from what generated the image. Groups rise by seed, ' +
      'and so do the images in them, those of one seed by id. An image with neither neighbour is a group of one. ' +
      'Subdirectories are not looked into.',
    permission: 'read',
    pageItems: 'groups',
    input: z.object({
      directory,
      size: integer({ min: 1, max: MAX_GROUPS }).prefault(MAX_GROUPS).describe('Most groups in the answer'),
      cursor: z.string().max(64).prefault('').describe('`next` of the answer before; empty for the first'),
    }),
    output: z.object({
      directory: z.string().describe('Relative to the base directory, with `/`'),
      image_count: z.int().describe('All images of the directory'),
      groups: z.array(
        z
          .object({ first_seed: seed, last_seed: seed, count: z.int(), images: z.array(seededImage) })
          .meta({ id: 'SeedGroup' }),
      ),
      without_seed: z
        .array(z.object({ name: z.string(), path: z.string() }))
        .describe('Images of which no seed is known; with the first answer only'),
      cursor: z.object({ has_next: z.boolean(), next: z.string() }),
    }),
    errors: [404],
    example: { directory: '' },
  }),
  image: endpoint({
    method: 'GET',
    path: '/api/images/{path}',
    summary: 'An image below the base directory',
    description: 'Answers ranges and conditional requests after RFC 9110.',
    permission: 'read',
    input: z.object({ path: filePath, directory }),
    output: { media: '*/*' },
    errors: [404, 416],
    example: { path: 'image.png', directory: '' },
  }),
  metadata: endpoint({
    method: 'GET',
    path: '/api/metadata/{path}',
    summary: 'What generated an image below the base directory',
    permission: 'read',
    input: z.object({ path: filePath, directory }),
    output: z.object({
      name: z.string(),
      path: z.string().describe('Relative to the base directory'),
      id: z.string().nullable(),
      seed: seed.nullable(),
      prompt: z.string(),
      negative_prompt: z.string(),
      generation_params: z.string().describe('Such as `Steps: 20, Sampler: Euler a, Seed: 5`'),
      generator: z.string().nullable().describe('The program that made it, where it can be told'),
      width: z.int().nullable(),
      height: z.int().nullable(),
    }),
    errors: [404],
    example: { path: 'image.png', directory: '' },
  }),
  directories: endpoint({
    method: 'GET',
    path: '/api/directories',
    summary: 'The directories in one, with how many images each holds',
    permission: 'read',
    input: z.object({ path: directory }),
    output: z.object({
      path: z.string(),
      image_count: z.int().describe('Images in the directory itself'),
      counts: z.record(z.string(), z.int()).describe('The same by extension, such as `.png`'),
      directories: z.array(
        z
          .object({
            name: z.string(),
            path: z.string().describe('Relative to the base directory'),
            image_count: z.int(),
            counts: z.record(z.string(), z.int()),
          })
          .meta({ id: 'ImageDirectory' }),
      ),
    }),
    errors: [404],
    example: { path: '' },
  }),
};

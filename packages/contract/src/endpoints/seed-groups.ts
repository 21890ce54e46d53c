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

const directory = relativePath()
  .prefault('')
  .describe('Relative to the base directory; empty for the base directory itself');

const filePath = relativePath().min(1, 'a path cannot be empty').describe('Relative to `directory`');

/** Digits, because seeds go beyond 2^53. */
const seed = z.string().regex(/^\d+$/);

const seededImage = z
  .object({
    name: z.string(),
    path: z.string().describe('Relative to the base directory'),
    id: z.string().nullable().describe('From a name of the form `{id}-{seed}.ext`'),
    seed,
  })
  .meta({ id: 'SeededImage' });

export const seedGroups = {
  groups: endpoint({
    method: 'GET',
    path: '/api/groups',
    summary: 'The images of a directory, grouped by consecutive seeds',
    description:
      'The seed comes from a name of the form `{id}-{seed}.ext`, or else from the generation parameters. ' +
      'Groups and the images in them are in ascending order of seeds, images with the same seed by id. An ' +
      'image without neighbours forms a group of its own. Subdirectories are not included.',
    permission: 'read',
    pageItems: 'groups',
    input: z.object({
      directory,
      size: integer({ min: 1, max: MAX_GROUPS })
        .prefault(MAX_GROUPS)
        .describe('Maximum number of groups in the answer'),
      cursor: z.string().max(64).prefault('').describe('`next` of the previous answer; empty for the first'),
    }),
    output: z.object({
      directory: z.string().describe('Relative to the base directory, with `/`'),
      image_count: z.int().describe('Number of images in the directory'),
      groups: z.array(
        z
          .object({ first_seed: seed, last_seed: seed, count: z.int(), images: z.array(seededImage) })
          .meta({ id: 'SeedGroup' }),
      ),
      without_seed: z
        .array(z.object({ name: z.string(), path: z.string() }))
        .describe('Images without a known seed; only in the first answer'),
      cursor: z.object({ has_next: z.boolean(), next: z.string() }),
    }),
    errors: [404],
    example: { directory: '' },
  }),
  image: endpoint({
    method: 'GET',
    path: '/api/images/{path}',
    summary: 'An image below the base directory',
    description: 'Supports range and conditional requests (RFC 9110).',
    permission: 'read',
    input: z.object({ path: filePath, directory }),
    output: { media: '*/*' },
    errors: [404, 416],
    example: { path: 'image.png', directory: '' },
  }),
  metadata: endpoint({
    method: 'GET',
    path: '/api/metadata/{path}',
    summary: 'The generation parameters of an image below the base directory',
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
      generator: z.string().nullable().describe('The program that generated it, where known'),
      width: z.int().nullable(),
      height: z.int().nullable(),
    }),
    errors: [404],
    example: { path: 'image.png', directory: '' },
  }),
  directories: endpoint({
    method: 'GET',
    path: '/api/directories',
    summary: 'The subdirectories of a directory, with the number of images in each',
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

import { z } from 'zod';

import { endpoint } from '../endpoint.ts';
import { integer, paths } from '../shapes/lenient.ts';
import { tag } from '../shapes/tag.ts';

/** Longest name of a custom tag, in UTF-16 units. */
export const MAX_TAG_NAME_LENGTH = 255;

export const tags = {
  add: endpoint({
    method: 'POST',
    path: '/db/add_custom_tag',
    summary: 'Make a custom tag',
    description: 'Answers the existing tag where one has exactly this name.',
    permission: 'write',
    input: z.object({
      tag_name: z
        .string()
        .trim()
        .min(1, 'a tag name cannot be blank')
        .max(MAX_TAG_NAME_LENGTH, `a tag name cannot be longer than ${MAX_TAG_NAME_LENGTH} characters`),
    }),
    output: tag,
    errors: [],
    example: { tag_name: 'favorites' },
  }),
  batchUpdate: endpoint({
    method: 'POST',
    path: '/db/batch_update_image_tag',
    summary: 'Add a tag to many images, or remove it',
    description: 'All of them or, where one is refused, none. Doing it twice changes nothing.',
    permission: 'write',
    input: z.object({
      img_paths: paths(),
      action: z.enum(['add', 'remove']),
      tag_id: integer({ min: 1 }),
    }),
    output: z.null(),
    errors: [404],
    example: { img_paths: ['/library/image.png'], action: 'add', tag_id: 1 },
  }),
  ofImages: endpoint({
    method: 'POST',
    path: '/db/get_image_tags',
    summary: 'The custom tags of many images',
    description: 'Images without a custom tag are left out.',
    permission: 'read',
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), z.array(tag)).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
};

import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { integer, path, paths } from '../schemas/lenient.ts';
import { indexedFileInfo } from '../schemas/file-info.ts';
import { autoTagRule } from '../schemas/auto-tag-rule.ts';
import { tag } from '../schemas/tag.ts';

/** Longest name of a custom tag, in UTF-16 units. */
export const MAX_TAG_NAME_LENGTH = 255;

/** Longest colour of a tag, in UTF-16 units. */
const MAX_COLOR_LENGTH = 64;

/** Most rules that tag by themselves. */
const MAX_AUTO_TAG_RULES = 500;

const tagName = z
  .string()
  .trim()
  .min(1, 'a tag name cannot be blank')
  .max(MAX_TAG_NAME_LENGTH, `a tag name cannot be longer than ${MAX_TAG_NAME_LENGTH} characters`);

/** Ids begin at 1: 0 is no tag. */
function tagId() {
  return integer({ min: 1 });
}

export const tags = {
  add: endpoint({
    method: 'POST',
    path: '/db/add_custom_tag',
    summary: 'Create a custom tag',
    description: 'Answers with the existing tag if one has exactly this name.',
    permission: 'write',
    input: z.object({ tag_name: tagName }),
    output: tag,
    errors: [],
    example: { tag_name: 'favorites' },
  }),
  batchUpdate: endpoint({
    method: 'POST',
    path: '/db/batch_update_image_tag',
    summary: 'Add a tag to many images, or remove it',
    description:
      'Either all images are changed or, if one is refused, none. Repeating the request changes nothing.',
    permission: 'write',
    largeBody: true,
    input: z.object({
      img_paths: paths(),
      action: z.enum(['add', 'remove']),
      tag_id: tagId(),
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
    largeBody: true,
    onlyAsks: true,
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), z.array(tag)).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
  ofImage: endpoint({
    method: 'GET',
    path: '/db/img_selected_custom_tag',
    summary: 'The custom tags of one image',
    description: 'Empty for an image that has none or is not indexed.',
    permission: 'read',
    input: z.object({ path: path() }),
    output: z.array(tag),
    errors: [],
    example: { path: '/library/image.png' },
  }),
  update: endpoint({
    method: 'POST',
    path: '/db/update_tag',
    summary: 'Change the colour of a tag, or the name of a custom tag',
    description: 'Omitted fields stay unchanged. The tag `like` cannot be renamed.',
    permission: 'write',
    input: z.object({
      id: tagId(),
      color: z.string().max(MAX_COLOR_LENGTH).optional().describe('Any CSS colour; empty for none'),
      name: tagName.optional(),
    }),
    output: z.null(),
    errors: [404, 409],
    example: { id: 1, color: '#ff0000' },
  }),
  toggle: endpoint({
    method: 'POST',
    path: '/db/toggle_custom_tag_to_img',
    summary: 'Add a tag to an image, or remove it where it is set',
    permission: 'write',
    input: z.object({ img_path: path(), tag_id: tagId() }),
    output: z.object({ is_remove: z.boolean() }),
    errors: [404],
    example: { img_path: '/library/image.png', tag_id: 1 },
  }),
  remove: endpoint({
    method: 'POST',
    path: '/db/remove_custom_tag',
    summary: 'Delete a custom tag, and remove it from all images',
    description: 'Tags that are read from images and the tag `like` cannot be removed.',
    permission: 'write',
    input: z.object({ tag_id: tagId() }),
    output: z.null(),
    errors: [404],
    example: { tag_id: 2 },
  }),
  removeFromImage: endpoint({
    method: 'POST',
    path: '/db/remove_custom_tag_from_img',
    summary: 'Remove a tag from an image, by their ids',
    permission: 'write',
    input: z.object({ img_id: integer({ min: 1 }), tag_id: tagId() }),
    output: z.null(),
    errors: [404],
    example: { img_id: 1, tag_id: '1' },
  }),
  merge: endpoint({
    method: 'POST',
    path: '/db/merge_tags',
    summary: 'Replace a custom tag with another one on all images, and delete it',
    permission: 'write',
    input: z.object({ tag_id: tagId(), into: tagId() }),
    output: tag,
    errors: [404],
    example: { tag_id: 2, into: 1 },
  }),
  autoTagRules: endpoint({
    method: 'GET',
    path: '/db/auto_tag_rules',
    summary: 'The auto-tag rules',
    permission: 'read',
    input: z.object({}),
    output: z.array(autoTagRule),
    errors: [],
    example: {},
  }),
  setAutoTagRules: endpoint({
    method: 'POST',
    path: '/db/auto_tag_rules',
    summary: 'Replace the auto-tag rules',
    description:
      'Applies the rules to all images, and from then on to new and changed ones. Tags from a deleted rule ' +
      'stay; a rule only removes tags that it added itself. The setting `auto_tag_rules` of ' +
      '`/app_fe_setting` holds the same rules in the form of IIB.',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({ rules: z.array(autoTagRule).max(MAX_AUTO_TAG_RULES) }),
    output: z.object({
      tagged: z.int(),
      untagged: z.int(),
      timed_out: z
        .array(z.string())
        .describe('Regular expressions that timed out, and therefore matched nothing'),
    }),
    errors: [404],
    example: {
      rules: [
        { tag_id: 1, match: 'all', conditions: [{ field: 'prompt', operator: 'contains', value: 'fox' }] },
      ],
    },
  }),
  tryAutoTagRule: endpoint({
    method: 'POST',
    path: '/db/try_auto_tag_rule',
    summary: 'Which of the newest images a rule would tag',
    description: 'No image is tagged.',
    permission: 'read',
    largeBody: true,
    input: autoTagRule.omit({ tag_id: true }).extend({
      among: integer({ min: 1, max: 100_000 })
        .prefault(10_000)
        .describe('How many of the newest images are checked'),
      examples: integer({ min: 0, max: 100 })
        .prefault(24)
        .describe('Maximum number of matching images in the answer'),
    }),
    output: z.object({
      looked_at: z.int(),
      matched: z.int(),
      examples: z.array(indexedFileInfo).describe('Newest first'),
      timed_out: z
        .array(z.string())
        .describe('Regular expressions that timed out, and therefore matched nothing'),
    }),
    errors: [],
    example: { match: 'all', conditions: [{ field: 'prompt', operator: 'contains', value: 'fox' }] },
  }),
};

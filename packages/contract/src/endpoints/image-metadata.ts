import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { imageDescription } from '../schemas/generation.ts';
import { path, paths } from '../schemas/lenient.ts';

/** Longest text that can be written for an image, in UTF-16 units. */
export const MAX_INFOTEXT_LENGTH = 1024 * 1024;

export const imageMetadata = {
  geninfo: endpoint({
    method: 'GET',
    path: '/image_geninfo',
    summary: 'The generation text of an image',
    description:
      'Prompt, `Negative prompt: ...`, then one line of settings, whatever tool made the image. Empty where ' +
      'nothing is recorded or the file is not there.',
    permission: 'read',
    input: z.object({ path: path() }),
    output: z.string(),
    errors: [],
    example: { path: '/library/image.png' },
  }),
  geninfoBatch: endpoint({
    method: 'POST',
    path: '/image_geninfo_batch',
    summary: 'The generation texts of many images',
    permission: 'read',
    largeBody: true,
    onlyAsks: true,
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), z.string()).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
  describe: endpoint({
    method: 'GET',
    path: '/image_metadata',
    summary: 'The generation parameters of an image by field, with the texts they were read from',
    description:
      'The same form for all tools; fields that were not recorded are absent. A text written by the owner ' +
      'takes precedence over that of the file. A file of no known kind has a container of null.',
    permission: 'read',
    input: z.object({ path: path() }),
    output: imageDescription,
    errors: [404],
    example: { path: '/library/image.png' },
  }),
  exif: endpoint({
    method: 'GET',
    path: '/image_exif',
    summary: 'The metadata of a file, as texts by name',
    description:
      'EXIF by tag name (by number where a tag has none), and texts of the container, such as those of a ' +
      'PNG, by their own name. Empty where there is nothing, or the file is not there or of no known kind.',
    permission: 'read',
    input: z.object({ path: path() }),
    output: z.record(z.string(), z.string()),
    errors: [],
    example: { path: '/library/image.png' },
  }),
  updateExif: endpoint({
    method: 'POST',
    path: '/update_exif',
    summary: 'Replace the generation text of an image',
    description:
      'Stored in the index with the tags and numbers that follow from it. The file stays as it is, and whatever becomes ' +
      'of it, the text stays: through other times, names, folders and contents, the trash, and drives that are away. ' +
      'A copy has the text of the file. An empty text, or the one of the file, gives the file its own back. 404 for an image that is not indexed.',
    permission: 'write',
    largeBody: true,
    input: z.object({
      path: path(),
      exif: z
        .string()
        .max(MAX_INFOTEXT_LENGTH, `a text cannot be longer than ${MAX_INFOTEXT_LENGTH} characters`)
        .describe('In the form in which `/image_geninfo` answers'),
    }),
    output: z.object({ success: z.literal(true), message: z.string() }),
    errors: [404],
    example: { path: '/library/image.png', exif: 'a fox in the snow\nSteps: 20' },
  }),
};

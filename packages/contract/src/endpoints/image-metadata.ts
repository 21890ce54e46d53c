import { z } from 'zod';

import { endpoint } from '../endpoint.ts';
import { path, paths } from '../shapes/lenient.ts';

export const imageMetadata = {
  geninfo: endpoint({
    method: 'GET',
    path: '/image_geninfo',
    summary: 'What generated an image, as text',
    description:
      'Prompt, `Negative prompt: ...`, then one line of settings, whatever tool made the image. Empty ' +
      'where nothing is recorded or the file is not there.',
    permission: 'read',
    input: z.object({ path: path() }),
    output: z.string(),
    errors: [],
    example: { path: '/library/image.png' },
  }),
  geninfoBatch: endpoint({
    method: 'POST',
    path: '/image_geninfo_batch',
    summary: 'What generated each of many images, as text',
    permission: 'read',
    input: z.object({ paths: paths() }),
    output: z.record(z.string(), z.string()).describe('Keyed by path as sent'),
    errors: [],
    example: { paths: ['/library/image.png'] },
  }),
};

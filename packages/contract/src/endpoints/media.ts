import { z } from 'zod';

import { endpoint } from '../endpoint.ts';
import { path } from '../shapes/lenient.ts';

const cacheBuster = z.string().optional().describe('Any text that changes when the file does; not looked at');

export const media = {
  thumbnail: endpoint({
    method: 'GET',
    path: '/image-thumbnail',
    summary: 'A small WebP of an image',
    description:
      'Fitted into the box, never enlarged, turned as EXIF says. Answers 304 to a matching `If-None-Match`.',
    permission: 'read',
    input: z.object({
      path: path(),
      t: cacheBuster,
      size: z.string().default('256x256').describe('`WIDTHxHEIGHT`, each 1 to 4096'),
    }),
    output: { media: 'image/webp' },
    errors: [404, 408, 413],
    example: { path: '/library/image.png', size: '256x256' },
  }),
  file: endpoint({
    method: 'GET',
    path: '/file',
    summary: 'The file itself',
    description: 'Answers ranges and conditional requests after RFC 9110.',
    permission: 'read',
    input: z.object({
      path: path(),
      t: cacheBuster,
      disposition: z.string().max(255).optional().describe('File name to save it under'),
    }),
    output: { media: '*/*' },
    errors: [404, 416],
    example: { path: '/library/image.png' },
  }),
};

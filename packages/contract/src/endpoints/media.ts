import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { boolean, path, paths } from '../schemas/lenient.ts';

/** Longest image that can be made a cover, in characters of base64: 9 MiB of bytes. */
export const MAX_COVER_LENGTH = 12 * 1024 * 1024;

const cacheBuster = z.string().optional().describe('Any text that changes with the file; otherwise ignored');

export const media = {
  thumbnail: endpoint({
    method: 'GET',
    path: '/image-thumbnail',
    summary: 'A thumbnail of an image, as WebP',
    description:
      'Fitted into the box, never enlarged, and rotated by its EXIF orientation. Answers 304 to a matching ' +
      '`If-None-Match`.',
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
    summary: 'The contents of a file',
    description:
      'Supports range and conditional requests (RFC 9110). HTML, scripts and style sheets are served as ' +
      'plain text, and an SVG cannot run scripts.',
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
  image: endpoint({
    method: 'GET',
    path: '/img/{filename}',
    summary: 'An image, under a URL that ends in its name',
    description: 'Like `/file`. A browser that saves the image proposes this name.',
    permission: 'read',
    input: z.object({
      filename: z.string().max(255).describe('Must be the last part of `path`'),
      path: path(),
      t: cacheBuster,
    }),
    output: { media: 'image/*' },
    errors: [404, 416],
    example: { filename: 'image.png', path: '/library/image.png' },
  }),
  streamVideo: endpoint({
    method: 'GET',
    path: '/stream_video',
    summary: 'Stream a video or audio file',
    description: 'Like `/file`, with the ranges that players request.',
    permission: 'read',
    input: z.object({ path: path() }),
    output: { media: '*/*' },
    errors: [404, 416],
    example: { path: '/library/clip.mp4' },
  }),
  videoCover: endpoint({
    method: 'GET',
    path: '/video_cover',
    summary: 'The cover of a video, as WebP',
    description:
      'An early frame that is not blank, or the image that was set as the cover. Fitted into the box, never ' +
      'enlarged. Answers 304 to a matching `If-None-Match`, and 501 when the server has no program that reads ' +
      'videos: `detail` says what to install.',
    permission: 'read',
    input: z.object({
      path: path(),
      mt: cacheBuster,
      size: z.string().default('512x512').describe('`WIDTHxHEIGHT`, each 1 to 4096'),
    }),
    output: { media: 'image/webp' },
    errors: [404, 408, 413, 501],
    example: { path: '/library/clip.mp4', mt: '1' },
  }),
  setVideoCover: endpoint({
    method: 'POST',
    path: '/set_target_frame_as_video_cover',
    summary: 'Make an image the cover of a video, until the video changes',
    description: 'Answers with the new cover, like `/video_cover`.',
    permission: 'write',
    largeBody: true,
    input: z.object({
      path: path(),
      base64_img: z
        .string()
        .min(1, 'an image is missing')
        .max(MAX_COVER_LENGTH, `an image cannot have more than ${MAX_COVER_LENGTH} characters of base64`)
        .describe('A `data:` URL or plain base64 of an image in any format that thumbnails support'),
      updated_time: cacheBuster,
    }),
    output: { media: 'image/webp' },
    errors: [404, 408, 413],
    example: {
      path: '/library/clip.mp4',
      base64_img:
        'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAIAAACQd1PeAAAACXBIWXMAAAPoAAAD6AG1e1JrAAAADElEQVQImWP4z8AAAAMBAQCc479ZAAAAAElFTkSuQmCC',
    },
  }),
  generateThumbnails: endpoint({
    method: 'POST',
    path: '/db/generate_thumbnails',
    summary: 'Generate the missing thumbnails and video covers of folders',
    description:
      'Runs as a job with a lower priority than thumbnails that are requested meanwhile. The same request ' +
      'joins the job while it is unfinished, and resumes the work after a cancellation or a restart of the ' +
      'server. `progress_detail` and result count files: `rendered`, `cached` (already existed) and ' +
      '`failed`.',
    permission: 'write',
    largeBody: true,
    input: z.object({
      folder_paths: paths().default([]).describe('Empty for the whole library'),
      size: z.string().default('512x512').describe('`WIDTHxHEIGHT`, each 1 to 4096'),
      images: boolean().prefault(true).describe('Whether thumbnails of images are generated'),
      videos: boolean().prefault(true).describe('Whether covers of videos are generated'),
    }),
    output: z.object({ job_id: z.string() }),
    startsJob: {
      status: ['jobs', 'status'],
      field: 'result',
      result: z.object({ done: z.int(), rendered: z.int(), cached: z.int(), failed: z.int() }),
    },
    errors: [404, 429],
    example: { folder_paths: ['/library'], size: '512x512' },
  }),
};

import type { Container } from '../image-metadata.ts';
import type { MediaKind } from '../media-kinds.ts';

/** What a file of each container is. */
export const containerKinds: Readonly<Record<Container, MediaKind>> = {
  png: 'image',
  jpeg: 'image',
  webp: 'image',
  gif: 'image',
  avif: 'image',
  heif: 'image',
  jxl: 'image',
  tiff: 'image',
  mp4: 'video',
  mov: 'video',
  matroska: 'video',
  webm: 'video',
  avi: 'video',
  flac: 'audio',
  ogg: 'audio',
  mp3: 'audio',
  wav: 'audio',
  svg: 'image',
  exr: 'image',
};

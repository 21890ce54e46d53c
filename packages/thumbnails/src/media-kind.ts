import { extname } from 'node:path';

/** What a file is by the ending of its name. */
export type MediaKind = 'image' | 'video';

const images = 'png jpg jpeg jfif webp avif gif tif tiff svg heic heif jxl bmp'.split(' ');
const videos = 'mp4 m4v mov mkv webm avi ts m2ts mts flv wmv asf mpg mpeg ogv 3gp'.split(' ');

const kinds = new Map<string, MediaKind>([
  ...images.map((extension) => [`.${extension}`, 'image'] as const),
  ...videos.map((extension) => [`.${extension}`, 'video'] as const),
]);

/** Tells images from videos by the ending of the name; undefined for other files. */
export function mediaKind(path: string): MediaKind | undefined {
  return kinds.get(extname(path).toLowerCase());
}

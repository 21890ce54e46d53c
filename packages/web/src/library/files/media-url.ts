import { mediaFormat } from '@iib-kit/metadata/media-kinds';

import { baseUrl } from '../../address/base-path.ts';

interface MediaFile {
  readonly fullpath: string;
  /** Changes the URL of a file when the file changes, so that no stale response is used. */
  readonly date: number;
}

/** The sizes of thumbnails; few, so that zooming rarely creates new ones. */
export const thumbnailSizes = [256, 512] as const;
export type ThumbnailSize = (typeof thumbnailSizes)[number];

/** The thumbnail of an image or video. */
export function thumbnailUrl(file: MediaFile, size: ThumbnailSize): string {
  const box = `${size}x${size}`;
  return isVideo(file.fullpath)
    ? mediaUrl('/video_cover', { path: file.fullpath, mt: String(file.date), size: box })
    : mediaUrl('/image-thumbnail', { path: file.fullpath, t: String(file.date), size: box });
}

/** Sides of large thumbnails, up to the largest that the server makes; few, for each is rendered and stored. */
const largeSides = [1024, 2048, 4096] as const;

/** A thumbnail of an image at least as large as the screen, in its pixels, where the server makes one of that size. */
export function largeThumbnailUrl(file: MediaFile): string {
  const needed = Math.max(screen.width, screen.height) * devicePixelRatio;
  const side = largeSides.find((large) => large >= needed) ?? 4096;
  return mediaUrl('/image-thumbnail', { path: file.fullpath, t: String(file.date), size: `${side}x${side}` });
}

/** The file itself; as a download if a name is given. */
export function fileUrl(file: MediaFile, saveAs?: string): string {
  const query = { path: file.fullpath, t: String(file.date) };
  return mediaUrl('/file', saveAs === undefined ? query : { ...query, disposition: saveAs });
}

/** A video or audio file for playback. */
export function streamUrl(file: MediaFile): string {
  return mediaUrl('/stream_video', { path: file.fullpath });
}

function mediaUrl(path: string, query: Readonly<Record<string, string>>): string {
  return `${baseUrl}${path}?${new URLSearchParams(query).toString()}`;
}

export function isVideo(path: string): boolean {
  return mediaFormat(path)?.kind === 'video';
}

export function isAudio(path: string): boolean {
  return mediaFormat(path)?.kind === 'audio';
}

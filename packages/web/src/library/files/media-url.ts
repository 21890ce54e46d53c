import { mediaFormat } from '@iib-kit/metadata/media-kinds';

import { baseUrl } from '../../address/base-path.ts';

interface MediaFile {
  readonly fullpath: string;
  /** Makes another address of a file that was changed. */
  readonly date: number;
}

/** The widths that thumbnails are asked for, so that zooming seldom makes new ones. */
export const thumbnailSizes = [256, 512] as const;
export type ThumbnailSize = (typeof thumbnailSizes)[number];

/** The small picture of an image or video. */
export function thumbnailUrl(file: MediaFile, size: ThumbnailSize): string {
  const box = `${size}x${size}`;
  return isVideo(file.fullpath)
    ? mediaUrl('/video_cover', { path: file.fullpath, mt: String(file.date), size: box })
    : mediaUrl('/image-thumbnail', { path: file.fullpath, t: String(file.date), size: box });
}

/** The file itself; with a name, to be saved under it. */
export function fileUrl(file: MediaFile, saveAs?: string): string {
  const query = { path: file.fullpath, t: String(file.date) };
  return mediaUrl('/file', saveAs === undefined ? query : { ...query, disposition: saveAs });
}

/** A video or sound to play. */
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

import { mediaFormat } from '@iib-kit/metadata/media-kinds';

/** What a file is by the ending of its name. */
export type MediaKind = 'image' | 'video';

/** Tells images from videos by the ending of the name; undefined for other files. */
export function mediaKind(path: string): MediaKind | undefined {
  const kind = mediaFormat(path)?.kind;
  return kind === 'audio' ? undefined : kind;
}

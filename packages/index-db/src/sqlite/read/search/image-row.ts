import { type IndexedImage, mediaTypes } from '@iib-kit/catalog';

/** A result as it comes from SQLite. */
export interface ImageRow {
  readonly id: number;
  readonly path: string;
  readonly bytes: number;
  /** Microseconds since 1970. */
  readonly modified: number;
  readonly created: number;
  readonly media: number;
  readonly width: number | null;
  readonly height: number | null;
}

/** The columns of `ImageRow`, over `media_info m` and `image i`. */
export const imageColumns =
  'm.image_id AS id, i.path, m.bytes, m.modified, m.created, m.media, m.width, m.height';

export function toIndexedImage(row: ImageRow): IndexedImage {
  return {
    id: row.id,
    path: row.path,
    bytes: row.bytes,
    modifiedTime: row.modified / 1e6,
    createdTime: row.created / 1e6,
    mediaType: mediaTypes[row.media] ?? 'image',
    ...(row.width !== null && { width: row.width }),
    ...(row.height !== null && { height: row.height }),
  };
}

import { type MediaKind, mediaKinds } from '@iib-kit/metadata/media-kinds';

/** What kinds of media are indexed. */
export const mediaTypes = mediaKinds;
export type MediaType = MediaKind;

/** One indexed file. */
export interface IndexedImage {
  readonly id: number;
  /** Absolute. */
  readonly path: string;
  readonly bytes: number;
  /** Unix seconds, with fraction. */
  readonly modifiedTime: number;
  /** Unix seconds, with fraction. */
  readonly createdTime: number;
  readonly mediaType: MediaType;
  /** Pixels as stored in the file; absent where the file does not say. */
  readonly width?: number;
  readonly height?: number;
}

/** A page of results; `next` is opaque and `''` on the last page. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly hasNext: boolean;
  readonly next: string;
}

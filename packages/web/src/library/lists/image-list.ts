import type { IndexedFileInfo } from '@iib-kit/contract';

import type { IndexRanges } from './index-ranges.ts';

/** How a list changed: which index an image has afterwards. */
export interface ListChange {
  /** The new index of an image; undefined if it is no longer in the list. */
  readonly remap: (index: number) => number | undefined;
  /** The new indices of those images that are still in the list. */
  readonly remapRanges: (indices: IndexRanges) => IndexRanges;
}

/** Consecutive images of a list that are fetched in one request. */
export interface ImagePage {
  /** The day of all its images, `YYYY-MM-DD`; null in an order that is not by date. */
  readonly date: string | null;
  readonly count: number;
}

/** An image or video as lists show it. */
export type ImageFile = Omit<IndexedFileInfo, 'id' | 'created_date' | 'type'>;

/** Any number of images in an order, of which only those on screen need to be in memory. Accessors are reactive. */
export interface ImageList {
  /** Lists of different queries have different keys. */
  readonly key: string;
  /** Undefined while it loads. */
  pages(): readonly ImagePage[] | undefined;
  count(): number;
  /** Undefined until it has been fetched. */
  fileAt(index: number): ImageFile | undefined;
  /** The index of a file, if it has been fetched. */
  indexOf(path: string): number | undefined;
  /** Fetches the images that are about to be drawn, instead of those requested before. */
  request(start: number, end: number): void;
  /** All images at some indices, in order, fetched where they are not in memory. */
  filesAt(indices: IndexRanges, signal?: AbortSignal): Promise<ImageFile[]>;
  /**
   * Reads the list as it is now, even if images are removed from it meanwhile, provided that indices are read from the
   * last to the first: a removal shifts only the images behind it. Images added later may be included.
   */
  snapshot(): (indices: IndexRanges, signal?: AbortSignal) => Promise<ImageFile[]>;
  /** Why the list could not be loaded; undefined if it could. */
  error(): unknown;
  /** Loads again after an error. */
  retry(): void;
  /** Whether a request is in flight that may change the list. */
  isFetching(): boolean;
  /** Folders of the library that are currently unavailable. */
  unavailable(): readonly string[];
  /** Notifies of each change, at the moment it takes effect; returns a function that unsubscribes. */
  onChange(listener: (change: ListChange) => void): () => void;
  /** Registers indices whose images must be found again after a change, such as the selection's. Returns as `onChange`. */
  trackIndices(indices: () => IndexRanges): () => void;
}

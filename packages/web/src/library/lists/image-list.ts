import type { IndexedFileInfo } from '@iib-kit/contract';
import { createSignal } from 'solid-js';

import type { IndexRanges } from './index-ranges.ts';

/** Where an image of a list is after the list changed; undefined for one that is not in it any more. */
export type IndexMapping = (index: number) => number | undefined;

/** What a list of images tells of its change. */
export interface ListChange {
  readonly remap: IndexMapping;
  /** Those of the places that are still there, at their new places. */
  readonly remapRanges: (ranges: IndexRanges) => IndexRanges;
}

export interface ImagePage {
  readonly date: string | null;
  readonly count: number;
}

/** An image or video as lists show it. */
export type ImageFile = Omit<IndexedFileInfo, 'id' | 'created_date' | 'type'>;

/** Images in an order, however many; those that are looked at are at hand. Accessors follow what happens. */
export interface ImageList {
  /** Another list (of another query) has another one. */
  readonly key: string;
  /** Undefined until it is known. */
  blocks(): readonly ImagePage[] | undefined;
  count(): number;
  /** Undefined until it was fetched. */
  fileAt(index: number): ImageFile | undefined;
  /** The place of a file, as far as it was fetched. */
  indexOf(path: string): number | undefined;
  /** Fetches what is going to be drawn, in place of what was asked for before. */
  need(start: number, end: number): void;
  /** All images at places, in order; fetches those that are not at hand. */
  filesAt(places: IndexRanges, signal?: AbortSignal): Promise<ImageFile[]>;
  /**
   * Reads places as they are at this moment, whatever changes meanwhile, if they are read from the last to the first:
   * what is taken away behind a place moves nothing before it. Images that came since may be among them.
   */
  frozen(): (places: IndexRanges, signal?: AbortSignal) => Promise<ImageFile[]>;
  /** Why it cannot be known; undefined when all is well. */
  error(): unknown;
  /** Asks again after an error. */
  retry(): void;
  /** Whether an answer is on its way that will change it. */
  isFetching(): boolean;
  /** Folders of the library that are not there now. */
  unavailable(): readonly string[];
  /** Calls back in the moment in which the list is another; answers a function that ends it. */
  onChange(listener: (change: ListChange) => void): () => void;
  /** Places that must keep their image when it changes: those of the selection, of the focus, of what is seen. */
  trackIndices(places: () => IndexRanges): () => void;
}

/** A list of images that are all known, as an answer of "more like this". */
export function createFixedList(key: string, files: readonly ImageFile[]): ImageList {
  const [blocks] = createSignal<readonly ImagePage[]>([{ date: null, count: files.length }]);
  return {
    key,
    blocks,
    count: () => files.length,
    fileAt: (index) => files[index],
    indexOf: (path) => {
      const index = files.findIndex(({ fullpath }) => fullpath === path);
      return index === -1 ? undefined : index;
    },
    need: () => {},
    filesAt: async (places) => files.filter((_, index) => places.has(index)),
    frozen: () => async (places) => files.filter((_, index) => places.has(index)),
    error: () => undefined,
    retry: () => {},
    isFetching: () => false,
    unavailable: () => [],
    onChange: () => () => {},
    trackIndices: () => () => {},
  };
}

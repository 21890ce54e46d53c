import { batch, createSignal } from 'solid-js';

import type { ImageFile, ImageList } from './image-list.ts';
import { IndexRanges } from './index-ranges.ts';

const [list, setList] = createSignal<ImageList>();
const [places, setPlaces] = createSignal<IndexRanges>(IndexRanges.none);

/**
 * The images that are selected, of the list that is shown: as ranges of places, so that all of a million are one
 * range. When the library changes, the list moves them to where the same images are; another list begins without.
 */
export const selection = {
  /** How many. */
  count: (): number => places().count,
  isEmpty: (): boolean => places().count === 0,
  has: (index: number): boolean => places().has(index),
  places,
  /** The list that it is of. */
  list,
  set: (next: IndexRanges): void => void setPlaces(next),
  clear: (): void => void setPlaces(IndexRanges.none),
  /**
   * The selected files, in the order of the list, fetched where they are not at hand. They stay what they were when
   * it was called, whatever is selected meanwhile.
   */
  files: async (signal?: AbortSignal): Promise<ImageFile[]> =>
    (await list()?.filesAt(places(), signal)) ?? [],
};

/** Selects in another list from now on; the list's own changes move what is selected. Answers what ends it. */
export function selectIn(next: ImageList): () => void {
  batch(() => {
    if (list()?.key !== next.key) setPlaces(IndexRanges.none);
    setList(next);
  });
  const ends = [
    next.trackIndices(() => places()),
    next.onChange(({ remapRanges }) => setPlaces(remapRanges(places()))),
  ];
  return () => {
    for (const end of ends) end();
  };
}

import { batch, createSignal } from 'solid-js';

import type { ImageFile, ImageList } from './image-list.ts';
import { IndexRanges } from './index-ranges.ts';

const [list, setList] = createSignal<ImageList>();
const [indices, setIndices] = createSignal<IndexRanges>(IndexRanges.none);

/**
 * The selected images of the active list, as ranges of indices: a million selected images are one range. When the list
 * changes, the indices follow the images; a list of another query begins with nothing selected.
 */
export const selection = {
  count: (): number => indices().count,
  isEmpty: (): boolean => indices().count === 0,
  has: (index: number): boolean => indices().has(index),
  indices,
  list,
  set: (next: IndexRanges): void => void setIndices(next),
  clear: (): void => void setIndices(IndexRanges.none),
  /** The files selected at the time of the call, in the order of the list. */
  files: async (signal?: AbortSignal): Promise<ImageFile[]> =>
    (await list()?.filesAt(indices(), signal)) ?? [],
};

/** Selects in another list from now on; returns a function that stops following its changes. */
export function selectIn(next: ImageList): () => void {
  batch(() => {
    if (list()?.key !== next.key) setIndices(IndexRanges.none);
    setList(next);
  });
  const unsubscribes = [
    next.trackIndices(() => indices()),
    next.onChange(({ remapRanges }) => setIndices(remapRanges(indices()))),
  ];
  return () => {
    for (const unsubscribe of unsubscribes) unsubscribe();
  };
}

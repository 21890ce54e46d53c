import { createSignal, onCleanup } from 'solid-js';

import type { ImageList } from './image-list.ts';

/** A file as lists show it. */
export interface ListedFile {
  readonly name: string;
  readonly fullpath: string;
  readonly date: number;
}

/** The list that images are opened from, in which next and previous go. */
export interface ShownList {
  readonly list: () => ImageList | undefined;
  /** Brings an image of it into sight, and the focus to it. */
  readonly reveal?: (index: number) => void;
}

const [shownList, setShownList] = createSignal<ShownList>();

/** The list on the page; undefined where the view shows none. */
export { shownList };

/** Offers the list of a component as long as it is on the page. */
export function offerList(offered: ShownList): void {
  setShownList(offered);
  onCleanup(() => setShownList((current) => (current === offered ? undefined : current)));
}

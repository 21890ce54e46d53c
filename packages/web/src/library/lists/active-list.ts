import { createSignal, onCleanup } from 'solid-js';

import type { ImageList } from './image-list.ts';

/** The list that images are opened from, in which next and previous go. */
export interface ActiveList {
  readonly list: () => ImageList | undefined;
  /** Brings an image of it into sight, and the focus to it. */
  readonly reveal?: (index: number) => void;
}

const [activeList, setActiveList] = createSignal<ActiveList>();

/** The list on the page; undefined where the view shows none. */
export { activeList };

/** Offers the list of a component as long as it is on the page. */
export function provideActiveList(offered: ActiveList): void {
  setActiveList(offered);
  onCleanup(() => setActiveList((current) => (current === offered ? undefined : current)));
}

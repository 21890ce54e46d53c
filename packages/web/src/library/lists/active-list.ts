import { createSignal, onCleanup } from 'solid-js';

import type { ImageList } from './image-list.ts';

/** The list on the page, which "previous" and "next" follow when one of its images is open. */
export interface ActiveList {
  readonly list: () => ImageList | undefined;
  /** Scrolls an image into view and focuses it. */
  readonly reveal?: (index: number) => void;
}

const [activeList, setActiveList] = createSignal<ActiveList>();

/** Undefined while the view has no list. */
export { activeList };

/** Makes a component's list the active one for as long as the component exists. */
export function provideActiveList(provided: ActiveList): void {
  setActiveList(provided);
  onCleanup(() => setActiveList((current) => (current === provided ? undefined : current)));
}

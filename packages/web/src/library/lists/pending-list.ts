import {
  batch,
  createComputed,
  createEffect,
  createRoot,
  createSignal,
  getOwner,
  on,
  onCleanup,
  type Accessor,
} from 'solid-js';

import type { ImageList } from './image-list.ts';

export interface PendingList {
  /** The list to show: the newest one that has loaded, or the first one while it loads. */
  readonly list: () => ImageList | undefined;
  /** Why the newest list could not be loaded. */
  readonly error: () => unknown;
  /** Whether the list shown is of an earlier search, while a newer one loads. */
  readonly isPending: () => boolean;
  readonly retry: () => void;
}

interface RootedList {
  readonly list: ImageList;
  readonly dispose: () => void;
}

/** About as many as fit a window. */
const FIRST_IMAGES = 100;

/** How long a loaded list waits for its first images before it replaces the one shown, in milliseconds. */
const FIRST_IMAGES_PATIENCE = 300;

/** Keeps showing a list until the next one has something to show, so that the page never goes blank while one types. */
export function usePendingList<T>(search: Accessor<T>, create: (search: T) => ImageList): PendingList {
  const owner = getOwner();
  const [active, setActive] = createSignal<RootedList>();
  const [pending, setPending] = createSignal<RootedList>();
  onCleanup(() => {
    active()?.dispose();
    pending()?.dispose();
  });
  const promote = (rooted: RootedList) => {
    if (pending() !== rooted) return;
    const before = active();
    batch(() => {
      setActive(rooted);
      setPending(undefined);
    });
    before?.dispose();
  };
  createComputed(
    on(search, (present) => {
      pending()?.dispose();
      createRoot((dispose) => {
        const rooted = { list: create(present), dispose };
        if (active() === undefined) {
          setActive(rooted);
          return;
        }
        setPending(rooted);
        promoteWhenReady(rooted.list, () => promote(rooted));
      }, owner);
    }),
  );
  const newest = () => (pending() ?? active())?.list;
  return {
    list: () => active()?.list,
    error: () => newest()?.error(),
    isPending: () => pending() !== undefined && pending()?.list.error() === undefined,
    retry: () => newest()?.retry(),
  };
}

function promoteWhenReady(list: ImageList, promote: () => void): void {
  const [isPatient, setPatient] = createSignal(true);
  createEffect(() => {
    if (list.pages() === undefined) return;
    const timer = setTimeout(() => setPatient(false), FIRST_IMAGES_PATIENCE);
    onCleanup(() => clearTimeout(timer));
    list.request(0, FIRST_IMAGES);
  });
  createEffect(() => {
    if (list.pages() === undefined) return;
    if (list.count() === 0 || list.fileAt(0) !== undefined || !isPatient()) queueMicrotask(promote);
  });
}

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
  /** The latest list of which something is known; undefined before the first. */
  readonly list: () => ImageList | undefined;
  /** Why what was asked for last has no list. */
  readonly error: () => unknown;
  /** Whether the list is of an earlier search, and the present one is on its way. */
  readonly isPending: () => boolean;
  readonly retry: () => void;
}

interface RootedList {
  readonly list: ImageList;
  readonly dispose: () => void;
}

/** As many as one window shows. */
const FIRST_IMAGES = 100;

/** How long a list may wait for its first images before it takes the place of the one before, in milliseconds. */
const FIRST_IMAGES_PATIENCE = 300;

/**
 * One list after the other, each taking the place of the one before when it has something to show: what one types
 * never clears the page.
 */
export function usePendingList<T>(wanted: Accessor<T>, create: (wanted: T) => ImageList): PendingList {
  const owner = getOwner();
  const [shown, setShown] = createSignal<RootedList>();
  const [next, setNext] = createSignal<RootedList>();
  onCleanup(() => {
    shown()?.dispose();
    next()?.dispose();
  });
  const promote = (rooted: RootedList) => {
    if (next() !== rooted) return;
    const before = shown();
    batch(() => {
      setShown(rooted);
      setNext(undefined);
    });
    before?.dispose();
  };
  createComputed(
    on(wanted, (present) => {
      next()?.dispose();
      createRoot((dispose) => {
        const rooted = { list: create(present), dispose };
        if (shown() === undefined) {
          setShown(rooted);
          return;
        }
        setNext(rooted);
        promoteWhenReady(rooted.list, () => promote(rooted));
      }, owner);
    }),
  );
  const latest = () => (next() ?? shown())?.list;
  return {
    list: () => shown()?.list,
    error: () => latest()?.error(),
    isPending: () => next() !== undefined && next()?.list.error() === undefined,
    retry: () => latest()?.retry(),
  };
}

function promoteWhenReady(list: ImageList, promote: () => void): void {
  const [isPatient, setPatient] = createSignal(true);
  createEffect(() => {
    if (list.blocks() === undefined) return;
    const timer = setTimeout(() => setPatient(false), FIRST_IMAGES_PATIENCE);
    onCleanup(() => clearTimeout(timer));
    list.need(0, FIRST_IMAGES);
  });
  createEffect(() => {
    if (list.blocks() === undefined) return;
    if (list.count() === 0 || list.fileAt(0) !== undefined || !isPatient()) queueMicrotask(promote);
  });
}

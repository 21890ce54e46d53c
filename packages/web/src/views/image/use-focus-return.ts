import { createEffect, on, onCleanup, onMount, type Accessor } from 'solid-js';

import { activeList } from '../../library/lists/active-list.ts';

export interface FocusReturnOptions {
  readonly view: () => HTMLElement | undefined;
  /** Path of the image that is shown. */
  readonly path: Accessor<string>;
  /** The element that had the focus before the view opened. */
  readonly opener: () => HTMLElement | undefined;
}

/** Focuses the view and stops the page beneath from scrolling; afterwards focuses the image last shown in its list. */
export function useFocusReturn({ view, path, opener }: FocusReturnOptions): void {
  onMount(() => {
    view()?.focus();
    const { overflow } = document.body.style;
    document.body.style.overflow = 'hidden';
    onCleanup(() => {
      document.body.style.overflow = overflow;
    });
  });
  const firstPath = path();
  let lastPath = firstPath;
  createEffect(on(path, (now) => now !== '' && (lastPath = now)));
  onCleanup(() => {
    const active = activeList();
    const index = active?.list()?.indexOf(lastPath);
    const element = opener();
    // Later, because the view beneath is inert until this one is gone.
    queueMicrotask(() => {
      if (lastPath === firstPath && element?.isConnected === true) element.focus({ preventScroll: true });
      else if (index !== undefined) active?.reveal?.(index);
    });
  });
}

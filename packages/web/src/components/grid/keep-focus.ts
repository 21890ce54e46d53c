import { createEffect, createMemo, on, untrack, type Accessor } from 'solid-js';

export interface KeepFocusOptions {
  readonly within: () => HTMLElement | undefined;
  /** What is drawn; the focus is checked after each change of it. */
  readonly items: Accessor<unknown>;
  /** The element to focus. */
  readonly cell: () => HTMLElement | null | undefined;
}

/**
 * Restores the focus to a cell that lost it because it was drawn anew, or because Solid took it out of the document
 * and put it back while it reordered the cells before it.
 */
export function keepFocus({ within, items, cell }: KeepFocusOptions): void {
  const hasFocus = () => within()?.contains(document.activeElement) === true;
  // Otherwise something else took it, such as a dialog that opened in the meantime.
  const isLost = () => document.activeElement === null || document.activeElement === document.body;
  // Memos run before the document changes, effects afterwards.
  const hadFocus = createMemo(on(items, hasFocus));
  createEffect(
    on(items, () => {
      if (untrack(hadFocus) && isLost()) untrack(cell)?.focus({ preventScroll: true });
    }),
  );
}

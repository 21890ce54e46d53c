import { createEffect, createMemo, createSignal, on, onCleanup, untrack, type Accessor } from 'solid-js';

import type { ImageList } from '../../library/lists/image-list.ts';
import { IndexRanges } from '../../library/lists/index-ranges.ts';
import { selectIn, selection } from '../../library/lists/selection.ts';
import type { Selecting } from './selecting.ts';

export interface GridSelection {
  /** The image that the tab key leads to. */
  readonly focused: Accessor<number>;
  readonly setFocused: (index: number) => void;
  /** Applies a step of selecting to the current selection. */
  readonly select: (step: (selecting: Selecting) => Selecting) => void;
}

/** What is focused and selected of a list; both follow their images when the list changes. */
export function useGridSelection(list: Accessor<ImageList>): GridSelection {
  const [index, setFocused] = createSignal(0);
  // The last image if the list became shorter.
  const focused = createMemo(() => Math.max(0, Math.min(index(), list().count() - 1)));
  let anchor: Selecting['anchor'];
  createEffect(
    on(list, (present, before: ImageList | undefined) => {
      if (before !== undefined && before.key !== present.key) setFocused(0);
      onCleanup(selectIn(present));
      onCleanup(present.trackIndices(() => IndexRanges.of([[untrack(focused), untrack(focused) + 1]])));
      onCleanup(
        present.onChange(({ remap }) => {
          const found = remap(untrack(focused));
          if (found !== undefined) setFocused(found);
          anchor = undefined;
        }),
      );
      return present;
    }),
  );
  return {
    focused,
    setFocused,
    select: (step) => {
      const next = step({ indices: selection.indices(), anchor });
      ({ anchor } = next);
      selection.set(next.indices);
    },
  };
}

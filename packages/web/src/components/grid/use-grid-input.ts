import type { Accessor } from 'solid-js';

import type { ImageList } from '../../library/lists/image-list.ts';
import { selection } from '../../library/lists/selection.ts';
import { GridKeys } from './grid-keys.ts';
import { extendTo, nothingSelected, selectAll, toggle } from './selecting.ts';
import type { GridScroll } from './use-grid-scroll.ts';
import type { GridSelection } from './use-grid-selection.ts';

export interface GridInputOptions extends GridSelection {
  readonly list: Accessor<ImageList>;
  readonly grid: GridScroll;
  /** Scrolls an image into view and focuses it. */
  readonly focus: (index: number) => void;
  readonly open: (index: number) => void;
}

/** Moves the focus, selects and opens images by keys and clicks. */
export function useGridInput({ list, grid, focused, setFocused, select, focus, open }: GridInputOptions) {
  const keys = new GridKeys({
    layout: grid.layout,
    pageRows: () => Math.max(1, Math.floor(grid.windowHeight() / (grid.cellHeight() + grid.gap)) - 1),
    focused,
  });
  return {
    onKeyDown: (event: KeyboardEvent) => {
      const command = keys.read(event);
      if (command === undefined) return;
      event.preventDefault();
      switch (command.kind) {
        case 'move':
          if (command.isExtending) select((before) => extendTo(before, command.index, focused()));
          focus(command.index);
          break;
        case 'toggle':
          select((before) => toggle(before, focused()));
          break;
        case 'open':
          open(focused());
          break;
        case 'all':
          select(() => selectAll(list().count()));
          break;
        case 'none':
          select(() => nothingSelected);
          break;
        default:
          command satisfies never;
      }
    },
    /** A click opens an image, unless it selects: with a modifier, on the check mark, or while others are selected. */
    click: (index: number, event: MouseEvent) => {
      const isOnCheck = event.target instanceof Element && event.target.closest('[data-check]') !== null;
      const from = focused();
      setFocused(index);
      if (event.shiftKey) select((before) => extendTo(before, index, from));
      else if (event.ctrlKey || event.metaKey || isOnCheck || !selection.isEmpty())
        select((before) => toggle(before, index));
      else open(index);
    },
  };
}

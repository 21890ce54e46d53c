import type { Accessor } from 'solid-js';

import type { ListLayout } from './list-layout.ts';

/** What a key does in the grid. */
export type GridCommand =
  | { readonly kind: 'move'; readonly index: number; readonly isExtending: boolean }
  | { readonly kind: 'toggle' | 'open' | 'all' | 'none' };

export interface GridKeysOptions {
  readonly layout: Accessor<ListLayout>;
  /** The number of rows that PageUp and PageDown move by. */
  readonly pageRows: Accessor<number>;
  readonly focused: Accessor<number>;
}

type KeyPress = Pick<KeyboardEvent, 'key' | 'shiftKey' | 'ctrlKey' | 'metaKey' | 'altKey'>;

/** Interprets keys as in the ARIA pattern for grids. */
export class GridKeys {
  readonly #options: GridKeysOptions;

  constructor(options: GridKeysOptions) {
    this.#options = options;
  }

  /** Undefined for a key without a meaning in the grid. */
  read(press: KeyPress): GridCommand | undefined {
    if (press.altKey || this.#options.layout().count === 0) return undefined;
    const isCommand = press.ctrlKey || press.metaKey;
    const index = this.#target(press.key);
    if (index !== undefined) return { kind: 'move', index, isExtending: press.shiftKey };
    if (isCommand) return press.key.toLowerCase() === 'a' ? { kind: 'all' } : undefined;
    if (press.key === ' ') return { kind: 'toggle' };
    if (press.key === 'Enter') return { kind: 'open' };
    return press.key === 'Escape' ? { kind: 'none' } : undefined;
  }

  #target(key: string): number | undefined {
    const layout = this.#options.layout();
    const focused = Math.min(this.#options.focused(), layout.count - 1);
    const lastIndex = layout.count - 1;
    switch (key) {
      case 'ArrowLeft':
        return Math.max(0, focused - 1);
      case 'ArrowRight':
        return Math.min(lastIndex, focused + 1);
      case 'ArrowUp':
        return layout.rowsAway(focused, -1);
      case 'ArrowDown':
        return layout.rowsAway(focused, 1);
      case 'PageUp':
        return layout.rowsAway(focused, -this.#options.pageRows());
      case 'PageDown':
        return layout.rowsAway(focused, this.#options.pageRows());
      case 'Home':
        return 0;
      case 'End':
        return lastIndex;
      default:
        return undefined;
    }
  }
}

import { onCleanup } from 'solid-js';

import { cellIndexOf } from './cell-index.ts';

/** How long the pointer rests on an image before that counts, in milliseconds. */
const HOVER_DELAY = 300;

/** Calls back with the image that the pointer rests on, and with undefined when the pointer leaves it. */
export function useHover(callBack: (index: number | undefined) => void) {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let hovered: number | undefined;
  const leave = () => {
    clearTimeout(timer);
    hovered = undefined;
    callBack(undefined);
  };
  onCleanup(() => clearTimeout(timer));
  return {
    leave,
    over: (event: PointerEvent) => {
      const index = event.pointerType === 'mouse' ? cellIndexOf(event.target) : undefined;
      if (index === hovered) return;
      leave();
      hovered = index;
      if (index !== undefined) timer = setTimeout(() => callBack(index), HOVER_DELAY);
    },
  };
}

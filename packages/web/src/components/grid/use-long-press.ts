import { cellIndexOf } from './cell-index.ts';

/** In milliseconds. */
const LONG_PRESS = 450;

/** The click that a browser sends after a long press comes within this time, in milliseconds. */
const CLICK_DELAY = 700;

/** Calls back with the image that a finger rests on. The click that follows must be ignored: see `justEnded`. */
export function useLongPress(callBack: (index: number) => void) {
  let endedAt = Number.NEGATIVE_INFINITY;
  return {
    justEnded: () => performance.now() - endedAt < CLICK_DELAY,
    start: (event: PointerEvent) => {
      const index = event.pointerType === 'mouse' ? undefined : cellIndexOf(event.target);
      if (index === undefined) return;
      const ending = new AbortController();
      const timer = setTimeout(() => {
        endedAt = performance.now();
        callBack(index);
      }, LONG_PRESS);
      const end = () => {
        clearTimeout(timer);
        ending.abort();
        if (performance.now() - endedAt < LONG_PRESS) endedAt = performance.now();
      };
      for (const name of ['pointerup', 'pointercancel']) {
        addEventListener(name, end, { signal: ending.signal });
      }
    },
  };
}

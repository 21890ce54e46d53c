import { createSignal, onCleanup, type Accessor } from 'solid-js';

import { IndexRanges } from '../../library/lists/index-ranges.ts';
import type { GridScroll } from './use-grid-scroll.ts';

/** A press that moves less than this is a click, in CSS pixels. */
const MIN_DISTANCE = 6;

/** Within this distance of an edge the list scrolls, the faster the nearer, in CSS pixels. */
const EDGE = 48;

export interface LassoBox {
  /** Offset in the list. */
  readonly top: number;
  /** Relative to the window, in pixels, as are the following. */
  readonly left: number;
  readonly width: number;
  readonly height: number;
}

export interface LassoOptions {
  readonly grid: GridScroll;
  readonly scroller: () => HTMLElement | undefined;
  readonly selected: Accessor<IndexRanges>;
  readonly onSelect: (indices: IndexRanges) => void;
}

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Selects images by drawing a box with the mouse; with Ctrl the box adds to the selection. */
export function useLasso({ grid, scroller, selected, onSelect }: LassoOptions) {
  const [box, setBox] = createSignal<LassoBox>();
  let endedAt = Number.NEGATIVE_INFINITY;
  let ending: AbortController | undefined;
  onCleanup(() => ending?.abort());

  /** Relative to the list, so that a point stays where it is when the list scrolls. */
  const pointOf = (event: PointerEvent): Point => {
    const area = scroller()?.getBoundingClientRect();
    return { x: event.clientX - (area?.left ?? 0), y: event.clientY - (area?.top ?? 0) + grid.y() };
  };
  const draw = (from: Point, to: Point, base: IndexRanges) => {
    const drawn = {
      top: Math.min(from.y, to.y),
      left: Math.min(from.x, to.x),
      width: Math.abs(from.x - to.x),
      height: Math.abs(from.y - to.y),
    };
    setBox(drawn);
    const { columns } = grid.layout().measures;
    const columnWidth = (scroller()?.clientWidth ?? 1) / columns;
    const touched = grid.layout().indicesIn({
      top: drawn.top,
      bottom: drawn.top + drawn.height,
      left: Math.floor(drawn.left / columnWidth),
      right: Math.floor((drawn.left + drawn.width) / columnWidth),
    });
    onSelect(base.joined(IndexRanges.of(touched)));
  };

  const start = (event: PointerEvent) => {
    const element = scroller();
    if (element === undefined || event.button !== 0 || event.pointerType !== 'mouse' || event.shiftKey)
      return;
    // A press on the scroll bar is not for the lasso.
    if (event.clientX > element.getBoundingClientRect().left + element.clientWidth) return;
    const from = pointOf(event);
    const isAdding = event.ctrlKey || event.metaKey;
    const base = isAdding ? selected() : IndexRanges.none;
    let last = event;
    let frame = 0;
    ending = new AbortController();
    const { signal } = ending;
    const scrollAtEdge = () => {
      frame = requestAnimationFrame(scrollAtEdge);
      const area = element.getBoundingClientRect();
      const beyond = edgeDistance(last.clientY, area.top, area.bottom);
      if (beyond === 0 || box() === undefined) return;
      grid.scrollTo(grid.y() + beyond / 2);
      draw(from, pointOf(last), base);
    };
    const move = (next: PointerEvent) => {
      last = next;
      const to = pointOf(next);
      if (box() === undefined && Math.hypot(to.x - from.x, to.y - from.y) < MIN_DISTANCE) return;
      next.preventDefault();
      if (frame === 0) frame = requestAnimationFrame(scrollAtEdge);
      draw(from, to, base);
    };
    const end = () => {
      cancelAnimationFrame(frame);
      ending?.abort();
      if (box() === undefined) return;
      endedAt = performance.now();
      setBox(undefined);
    };
    addEventListener('pointermove', move, { signal });
    for (const name of ['pointerup', 'pointercancel', 'blur']) addEventListener(name, end, { signal });
  };
  return {
    box,
    start,
    /** Whether a click at this moment is only the end of a box. */
    justEnded: () => performance.now() - endedAt < 50,
  };
}

/** How far a pointer is inside the zone at an edge; negative at the upper edge, 0 outside. */
function edgeDistance(y: number, top: number, bottom: number): number {
  if (y < top + EDGE) return y - (top + EDGE);
  return y > bottom - EDGE ? y - (bottom - EDGE) : 0;
}

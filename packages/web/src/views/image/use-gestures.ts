import type { Point } from './zoom.ts';

/** The least length of a swipe, in CSS pixels. */
const SWIPE = 60;

export interface GesturesOptions {
  readonly isFitted: () => boolean;
  readonly pointOf: (event: PointerEvent) => Point;
  readonly onPan: (x: number, y: number) => void;
  /** Two fingers moved apart or together around a point. */
  readonly onPinch: (factor: number, point: Point) => void;
  /** A finger swiped to the next image (1) or the previous one (-1). */
  readonly onSwipe: (step: 1 | -1) => void;
}

/** Recognizes drags, pinches and swipes; returns the pointer handlers of an element. */
export function useGestures({ isFitted, pointOf, onPan, onPinch, onSwipe }: GesturesOptions) {
  const pointers = new Map<number, Point>();
  let swipe: { readonly start: Point; readonly id: number } | undefined;
  return {
    onPointerDown: (event: PointerEvent & { currentTarget: Element }) => {
      if (event.button !== 0) return;
      const point = pointOf(event);
      pointers.set(event.pointerId, point);
      const canSwipe = event.pointerType !== 'mouse' && pointers.size === 1 && isFitted();
      swipe = canSwipe ? { start: point, id: event.pointerId } : undefined;
      event.currentTarget.setPointerCapture(event.pointerId);
    },
    onPointerMove: (event: PointerEvent) => {
      const before = pointers.get(event.pointerId);
      if (before === undefined) return;
      const now = pointOf(event);
      pointers.set(event.pointerId, now);
      const other = [...pointers].find(([id]) => id !== event.pointerId)?.[1];
      if (other !== undefined) {
        swipe = undefined;
        const factor = distance(now, other) / Math.max(1, distance(before, other));
        onPinch(factor, { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      } else if (!isFitted()) {
        onPan(now.x - before.x, now.y - before.y);
      }
    },
    onPointerUp: (event: PointerEvent) => {
      const now = pointers.get(event.pointerId);
      pointers.delete(event.pointerId);
      if (swipe?.id !== event.pointerId || now === undefined) return;
      const x = now.x - swipe.start.x;
      const isHorizontal = Math.abs(x) > 2 * Math.abs(now.y - swipe.start.y);
      if (Math.abs(x) > SWIPE && isHorizontal) onSwipe(x < 0 ? 1 : -1);
      swipe = undefined;
    },
    onPointerCancel: (event: PointerEvent) => {
      pointers.delete(event.pointerId);
      swipe = undefined;
    },
  };
}

function distance(a: Point, b: Point): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

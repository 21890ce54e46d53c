import type { Page } from 'playwright-core';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Fingers on the page, as the browser itself hears them: `fingers[0]` are the places of all of them at first. */
export async function touch(
  page: Page,
  fingers: readonly (readonly Point[])[],
  { rest = 0 }: { readonly rest?: number } = {},
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const send = (type: 'touchStart' | 'touchMove' | 'touchEnd', points: readonly Point[]) =>
    session.send('Input.dispatchTouchEvent', {
      type,
      touchPoints: points.map((point, id) => ({ ...point, id })),
    });
  const [start = [], ...moves] = fingers;
  await send('touchStart', start);
  if (rest > 0) await page.waitForTimeout(rest);
  for (const points of moves) await send('touchMove', points);
  await send('touchEnd', []);
  await session.detach();
}

/** Places on the way from one to another, both included. */
export function wayOf(from: Point, to: Point, steps = 6): Point[] {
  return Array.from({ length: steps + 1 }, (_, at) => ({
    x: from.x + ((to.x - from.x) * at) / steps,
    y: from.y + ((to.y - from.y) * at) / steps,
  }));
}

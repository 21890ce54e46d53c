import { expect, test } from 'vitest';

import { fitScale, keepInSight, MAX_SCALE, zoomAt } from './zoom.ts';

const stage = { width: 1000, height: 500 };
const picture = { width: 2000, height: 2000 };

test('a large picture fits by its longer side, a small one is not enlarged', () => {
  expect(fitScale(picture, stage)).toBe(0.25);
  expect(fitScale({ width: 100, height: 50 }, stage)).toBe(1);
  expect(fitScale({ width: 0, height: 0 }, stage)).toBe(1);
});

test('the point under the pointer stays where it is', () => {
  const from = { scale: 1, x: 0, y: 0 };
  const point = { x: 200, y: -100 };
  const to = zoomAt(from, 2, point, picture, stage);
  expect(to).toEqual({ scale: 2, x: -200, y: 100 });
  expect((point.x - to.x) / to.scale).toBe((point.x - from.x) / from.scale);
});

test('zooming ends at the fit, in the middle, and at the largest scale', () => {
  expect(zoomAt({ scale: 0.5, x: 0, y: 200 }, 0.1, { x: 50, y: 50 }, picture, stage)).toEqual({
    scale: 0.25,
    x: 0,
    y: 0,
  });
  expect(zoomAt({ scale: 15, x: 0, y: 0 }, 10, { x: 0, y: 0 }, picture, stage).scale).toBe(MAX_SCALE);
});

test('no side is dragged past that of the stage', () => {
  expect(keepInSight({ scale: 1, x: 9999, y: -9999 }, picture, stage)).toEqual({ scale: 1, x: 500, y: -750 });
  expect(keepInSight({ scale: 0.1, x: 9, y: 9 }, picture, stage)).toEqual({ scale: 0.1, x: 0, y: 0 });
});

import { expect, it } from 'vitest';
import { pixelSize } from './pixel-size.ts';

it.each([
  ['832x1216', { width: 832, height: 1216 }],
  ['832 x 1216', { width: 832, height: 1216 }],
  ['832 × 1216', { width: 832, height: 1216 }],
  ['(832, 1216)', { width: 832, height: 1216 }],
  ['1024 x 1024  (square)', { width: 1024, height: 1024 }],
  ['square', {}],
  [1024, {}],
  [undefined, {}],
])('%s', (value, size) => {
  expect(pixelSize(value)).toEqual(size);
});

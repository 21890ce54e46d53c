import { expect, test } from 'vitest';

import { sizeText } from './size-text.ts';

test.each([
  [0, '0B'],
  [956, '956.00 B'],
  [2570, '2.51 KB'],
  [180_460, '176.23 KB'],
  [3 * 1024 ** 3, '3.00 GB'],
])('%d bytes are %s, as IIB writes it', (bytes, text) => {
  expect(sizeText(bytes)).toBe(text);
});

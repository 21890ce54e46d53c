import { expect, it } from 'vitest';
import { isIndexedAlone } from './short-ngrams.ts';

it('leaves out what is in nearly every text', () => {
  expect(['a', '7', ',', ' '].map(isIndexedAlone)).toEqual([false, false, false, false]);
  expect(['猫', '%', 'é', '😀'].map(isIndexedAlone)).toEqual([true, true, true, true]);
});

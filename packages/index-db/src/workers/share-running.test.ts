import { expect, it } from 'vitest';
import { shareRunning } from './share-running.ts';

it('runs once for those who ask at once, and again for those who ask later', async () => {
  let runs = 0;
  const ask = shareRunning(async () => (runs += 1));
  expect(await Promise.all([ask(), ask(), ask()])).toEqual([1, 1, 1]);
  expect(await ask()).toBe(2);
});

it('fails for all who asked at once, and is tried again', async () => {
  let runs = 0;
  const ask = shareRunning(async () => {
    runs += 1;
    if (runs === 1) throw new Error('away');
    return runs;
  });
  const outcomes = await Promise.allSettled([ask(), ask()]);
  expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(await ask()).toBe(2);
});

import { expect, test } from 'vitest';

import { jobLimitOf, jobsToForget } from './job-limits.ts';
import { newJobState, type JobState } from './job-state.ts';

const day = 24 * 3600;
const now = 1_800_000_000;

const finished = (kind: string, age: number, id = `${kind} ${age}`): JobState => ({
  ...newJobState(id, kind, {}),
  status: 'completed',
  finishedTime: now - age,
});

const forgotten = (...states: readonly JobState[]): readonly string[] =>
  jobsToForget(states, now).map(({ id }) => id);

test.each([
  ['cluster', 365, 200],
  ['organize', 365, 200],
  ['hash', 7, 50],
])('%s jobs are remembered for %d days, %d of them', (kind, days, count) => {
  expect(jobLimitOf(kind)).toEqual({ count, seconds: days * day });
  expect(forgotten(finished(kind, days * day), finished(kind, days * day + 1))).toEqual([
    `${kind} ${days * day + 1}`,
  ]);
  const many = Array.from({ length: count + 2 }, (_, age) => finished(kind, age));
  expect(forgotten(...many.toReversed())).toEqual([`${kind} ${count}`, `${kind} ${count + 1}`]);
});

test('jobs of one kind take no place of another, and those that run are never forgotten', () => {
  const hashes = Array.from({ length: 60 }, (_, age) => finished('hash', age));
  const running = { ...newJobState('runs', 'hash', {}), status: 'running' } as const;
  expect(forgotten(...hashes, finished('zip', 6 * day), finished('cluster', 300 * day), running)).toEqual(
    hashes.slice(50).map(({ id }) => id),
  );
});

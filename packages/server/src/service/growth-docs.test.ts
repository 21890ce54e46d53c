import { readFileSync } from 'node:fs';

import { expect, test } from 'vitest';

import { KEPT_FOR_MS } from '../archives/packed-zips.ts';
import { jobLimitOf } from '../jobs/job-limits.ts';
import { MAX_RUN_AGE, MAX_RUNS } from '../organize/organize-store.ts';

const page = readFileSync(new URL('../../../../docs/growth.md', import.meta.url), 'utf8');

test('the page about growth tells the limits of jobs, archives and organize runs', () => {
  const days = (seconds: number): number => seconds / (24 * 3600);
  const [long, short] = [jobLimitOf('organize'), jobLimitOf('index')];
  expect(jobLimitOf('cluster')).toEqual(long);
  expect(page).toContain(`for ${days(long.seconds)} days, ${long.count} of each;`);
  expect(page).toContain(`for ${days(short.seconds)} days, ${short.count} of each kind;`);
  expect(page).toContain(`${KEPT_FOR_MS / 3_600_000} hours`);
  expect(page).toContain(`${days(MAX_RUN_AGE)} days, ${MAX_RUNS} runs`);
});

import { QueryClient, QueryObserver } from '@tanstack/solid-query';
import { expect, onTestFinished, test } from 'vitest';

import { queryRefresher } from './query-refresher.ts';

/** A query that is shown, whose answers come when they are let. */
function shownQuery() {
  const queryClient = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const asked: { answer: (value: string) => void; fail: () => void; signal: AbortSignal }[] = [];
  const observer = new QueryObserver(queryClient, {
    queryKey: ['facts', 'one'],
    queryFn: ({ signal }) =>
      new Promise<string>((resolve, reject) => {
        asked.push({ answer: resolve, fail: () => reject(new Error('refused')), signal });
      }),
  });
  onTestFinished(observer.subscribe(() => {}));
  onTestFinished(() => queryClient.clear());
  return { asked, refresh: queryRefresher(queryClient), shown: () => observer.getCurrentResult().data };
}

const settled = () => new Promise((resolve) => setTimeout(resolve));

test('what is shown is read again, other queries are not', async () => {
  const { asked, refresh, shown } = shownQuery();
  asked[0]?.answer('first');
  await settled();
  refresh('folders');
  await settled();
  expect(asked).toHaveLength(1);
  refresh('facts');
  await settled();
  asked[1]?.answer('second');
  await settled();
  expect([asked.length, shown()]).toEqual([2, 'second']);
});

test('what is read for the first time while something changes is shown, and read once more', async () => {
  const { asked, refresh, shown } = shownQuery();
  refresh('facts');
  refresh('facts');
  await settled();
  expect(asked).toHaveLength(1);
  asked[0]?.answer('from before');
  await settled();
  expect([asked.length, shown()]).toEqual([2, 'from before']);
  asked[1]?.answer('from after');
  await settled();
  expect([asked.length, shown()]).toEqual([2, 'from after']);
});

test('changes that come faster than answers never keep an answer from coming', async () => {
  const { asked, refresh, shown } = shownQuery();
  asked[0]?.answer('first');
  await settled();
  for (let change = 0; change < 5; change += 1) {
    refresh('facts');
    await settled();
  }
  expect(asked).toHaveLength(2);
  expect(asked[1]?.signal.aborted).toBe(false);
  asked[1]?.answer('second');
  await settled();
  expect(shown()).toBe('second');
  asked[2]?.answer('third');
  await settled();
  expect([asked.length, shown()]).toEqual([3, 'third']);
});

test('one that fails while something changes is asked once more', async () => {
  const { asked, refresh, shown } = shownQuery();
  refresh('facts');
  asked[0]?.fail();
  await settled();
  expect(asked).toHaveLength(2);
  asked[1]?.answer('there again');
  await settled();
  expect([asked.length, shown()]).toEqual([2, 'there again']);
});

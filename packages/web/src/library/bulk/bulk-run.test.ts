import { expect, test } from 'vitest';

import { CHUNK, chunksFromEnd, runInBulk, type BulkFile, type BulkState } from './bulk-run.ts';
import { IndexRanges } from '../lists/index-ranges.ts';

const file = (index: number): BulkFile => ({ fullpath: `/${index}`, name: String(index) });

/** A list from which the work takes files away, as a search does when its images are deleted. */
function run(
  count: number,
  options: {
    readonly indices?: IndexRanges;
    readonly process?: (files: readonly BulkFile[], isRetry: boolean) => Promise<readonly []>;
    readonly isNew?: (path: string) => boolean;
    readonly signal?: AbortSignal;
    readonly onState?: (state: BulkState) => void;
  },
) {
  let list = Array.from({ length: count }, (_, index) => file(index));
  const worked: string[] = [];
  const done = runInBulk({
    indices: options.indices ?? IndexRanges.of([[0, count]]),
    read: async (indices) => list.filter((_, index) => indices.has(index)),
    isNew: options.isNew ?? (() => false),
    process: async (files, isRetry) => {
      await options.process?.(files, isRetry);
      worked.push(...files.map(({ name }) => name));
      list = list.filter((kept) => !files.includes(kept));
      return [];
    },
    describe: (error) => (error as Error).message,
    isConnectionFailure: (error) => (error as Error).message === 'away',
    untilReconnected: async () => {},
    onState: options.onState ?? (() => {}),
    signal: options.signal ?? new AbortController().signal,
  });
  return done.then((state) => ({ state, worked: worked.map(Number).sort((a, b) => a - b) }));
}

test('each selected file once, though they leave the list meanwhile', async () => {
  const indices = IndexRanges.of([
    [0, 700],
    [900, 2100],
  ]);
  const { state, worked } = await run(2500, { indices });
  const wanted = Array.from({ length: 2500 }, (_, index) => index).filter((index) => indices.has(index));
  expect(worked).toEqual(wanted);
  expect([state.done, state.total, state.failed, state.isOver]).toEqual([1900, 1900, 0, true]);
});

test('chunks come from the end and have a most', () => {
  expect(
    chunksFromEnd(
      IndexRanges.of([
        [0, 3],
        [10, 10 + CHUNK + 1],
      ]),
    ),
  ).toEqual([
    [11, 11 + CHUNK],
    [10, 11],
    [0, 3],
  ]);
});

test('where all are refused for one, the others are done and the one is told', async () => {
  const { state, worked } = await run(10, {
    process: async (files) => {
      if (files.some(({ name }) => name === '3' || name === '7')) throw new Error('not indexed');
      return [];
    },
  });
  expect(worked).toEqual([0, 1, 2, 4, 5, 6, 8, 9]);
  expect([...state.failures].sort((a, b) => (a.name < b.name ? -1 : 1))).toEqual([
    { name: '3', reason: 'not indexed' },
    { name: '7', reason: 'not indexed' },
  ]);
  expect([state.done, state.failed]).toEqual([10, 2]);
});

test('a server that went away is waited for, and the work told that it is asked again', async () => {
  const attempts: boolean[] = [];
  const waits: (string | undefined)[] = [];
  const { state, worked } = await run(2, {
    process: async (_, isRetry) => {
      attempts.push(isRetry);
      if (attempts.length < 3) throw new Error('away');
      return [];
    },
    onState: ({ waitingFor }) => waits.push(waitingFor),
  });
  expect(attempts).toEqual([false, true, true]);
  expect(waits).toContain('away');
  expect([worked, state.failed, state.waitingFor]).toEqual([[0, 1], 0, undefined]);
});

test('files that came after the selection are left alone', async () => {
  const { worked } = await run(4, { isNew: (path) => path === '/0' });
  expect(worked).toEqual([1, 2, 3]);
});

test('a cancelled run ends between chunks and says how far it came', async () => {
  const ending = new AbortController();
  const { state, worked } = await run(CHUNK * 3, {
    signal: ending.signal,
    process: async () => {
      ending.abort();
      return [];
    },
  });
  expect([worked.length, state.done, state.isOver, state.failed]).toEqual([CHUNK, CHUNK, true, 0]);
});

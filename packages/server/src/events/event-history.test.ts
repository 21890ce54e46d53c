import { expect, test } from 'vitest';

import { createEventHistory, MAX_HISTORY_EVENTS, MAX_HISTORY_PATHS } from './event-history.ts';

test('what came after a cursor is told in order', () => {
  const history = createEventHistory<string>();
  const start = history.cursor();
  const first = history.append('a', 1);
  const second = history.append('b', 1);
  expect(history.since(start)?.map(({ event }) => event)).toEqual(['a', 'b']);
  expect(history.since(first.id)?.map(({ id }) => id)).toEqual([second.id]);
  expect(history.since(history.cursor())).toEqual([]);
});

test('a cursor of another run, of the future or of no kind is not known', () => {
  const history = createEventHistory<string>();
  const run = history.cursor().split('-')[0] ?? '';
  history.append('a', 1);
  for (const cursor of [
    createEventHistory().cursor(),
    `${run}-2`,
    `${run}-01`,
    `${run}--1`,
    `${run}-`,
    '',
    'x',
  ]) {
    expect([cursor, history.since(cursor)]).toEqual([cursor, undefined]);
  }
});

test('only so many events are remembered', () => {
  const history = createEventHistory<number>();
  const ids = Array.from({ length: MAX_HISTORY_EVENTS + 2 }, (_, number) => history.append(number, 0).id);
  expect(history.since(ids[0] ?? '')).toBeUndefined();
  expect(history.since(ids[1] ?? '')?.length).toBe(MAX_HISTORY_EVENTS);
});

test('only so many paths are remembered', () => {
  const history = createEventHistory<string>();
  const start = history.cursor();
  const first = history.append('a', MAX_HISTORY_PATHS);
  expect(history.since(start)?.length).toBe(1);
  history.append('b', 1);
  expect(history.since(start)).toBeUndefined();
  expect(history.since(first.id)?.map(({ event }) => event)).toEqual(['b']);
});

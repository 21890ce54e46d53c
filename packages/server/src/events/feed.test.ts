import { expect, test, vi } from 'vitest';

import { createFeed, MAX_WAITING_EVENTS } from './feed.ts';

async function everything<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

async function take(iterator: AsyncIterator<string>, count: number): Promise<string[]> {
  const taken: string[] = [];
  for (let position = 0; position < count; position += 1) taken.push(String((await iterator.next()).value));
  return taken;
}

test('events are read in the order in which they came, those that come while somebody waits too', async () => {
  const feed = createFeed<string>({ onClose: () => {} });
  const iterator = feed[Symbol.asyncIterator]();
  feed.push('a');
  feed.push('b');
  expect(await take(iterator, 2)).toEqual(['a', 'b']);
  const next = iterator.next();
  feed.push('c');
  expect(await next).toEqual({ done: false, value: 'c' });
});

test('of events of one key the latest waits, at its own place', async () => {
  const feed = createFeed<string>({ keyOf: (event) => event[0], onClose: () => {} });
  for (const event of ['a1', 'b1', 'a2']) feed.push(event);
  feed.end();
  expect(await everything(feed)).toEqual(['b1', 'a2']);
});

test('a slow reader is told once that events were lost, and goes on with those after', async () => {
  const feed = createFeed<string>({ overflow: () => 'lost', onClose: () => {} });
  for (let number = 0; number <= MAX_WAITING_EVENTS; number += 1) feed.push(String(number));
  feed.push('after');
  feed.end();
  expect(await everything(feed)).toEqual(['lost', 'after']);
});

test('without a word for it, the oldest is lost', async () => {
  const feed = createFeed<string>({ onClose: () => {} });
  for (let number = 0; number <= MAX_WAITING_EVENTS; number += 1) feed.push(String(number));
  feed.end();
  const left = await everything(feed);
  expect([left.length, left[0], left.at(-1)]).toEqual([MAX_WAITING_EVENTS, '1', String(MAX_WAITING_EVENTS)]);
});

test('leaving ends the waiting at once, and is told once', async () => {
  const onClose = vi.fn<() => void>();
  const feed = createFeed<string>({ onClose });
  const iterator = feed[Symbol.asyncIterator]();
  const next = iterator.next();
  await iterator.return?.();
  expect(await next).toEqual({ done: true, value: undefined });
  feed.push('late');
  feed.end();
  expect(await iterator.next()).toEqual({ done: true, value: undefined });
  expect(onClose).toHaveBeenCalledTimes(1);
});

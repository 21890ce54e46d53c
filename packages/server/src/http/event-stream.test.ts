import type { Readable } from 'node:stream';

import { expect, test } from 'vitest';

import { eventStreamReply, type NamedEvent } from './event-stream.ts';
import { createFeed } from '../events/feed.ts';

async function everything<T>(items: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = [];
  for await (const item of items) found.push(item);
  return found;
}

const alone = new AbortController().signal;

function openStream(keepAlive?: number, signal = alone) {
  let isClosed = false;
  const feed = createFeed<NamedEvent>({ onClose: () => (isClosed = true) });
  const reply = eventStreamReply(feed, signal, keepAlive === undefined ? {} : { keepAlive });
  return { feed, reply, stream: reply.body as Readable, isClosed: () => isClosed };
}

test('events are named by their type, and carry their id where they have one', async () => {
  const { feed, stream } = openStream();
  feed.push({ event: { type: 'a' } });
  feed.push({ id: 'x-1', event: { type: 'b' } });
  feed.end();
  expect((await everything(stream)).join('')).toBe(
    'retry: 2000\n\nevent: a\ndata: {"type":"a"}\n\nid: x-1\nevent: b\ndata: {"type":"b"}\n\n',
  );
});

test('a stream on which nothing happens says that it is alive', async () => {
  const { feed, stream } = openStream(5);
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    if (text.includes(': still here\n\n: still here\n\n')) break;
  }
  expect(text.startsWith('retry: 2000\n\n: still here')).toBe(true);
  feed.end();
});

test('caches, compression and proxies are asked to let events through', () => {
  const { reply, stream } = openStream();
  expect(reply.headers).toEqual({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store, no-transform',
    'x-accel-buffering': 'no',
  });
  stream.destroy();
});

test('destroying it, or the client going, frees the feed', async () => {
  const left = openStream();
  left.stream.read();
  left.stream.destroy();
  await new Promise((resolve) => setImmediate(resolve));
  expect(left.isClosed()).toBe(true);

  const client = new AbortController();
  const gone = openStream(undefined, client.signal);
  client.abort();
  await new Promise((resolve) => setImmediate(resolve));
  expect(gone.isClosed()).toBe(true);

  const before = openStream(undefined, client.signal);
  await new Promise((resolve) => setImmediate(resolve));
  expect(before.isClosed()).toBe(true);
});

test('events are taken only as fast as they are read', async () => {
  let asked = 0;
  const text = 'x'.repeat(10_000);
  const events: AsyncIterable<NamedEvent> = {
    [Symbol.asyncIterator]: () => ({
      next: async () => ({
        done: false,
        value: { event: { type: text, number: (asked += 1) } as NamedEvent['event'] },
      }),
    }),
  };
  const stream = eventStreamReply(events, alone).body as Readable;
  stream.read(1);
  for (let turn = 0; turn < 100; turn += 1) await new Promise((resolve) => setImmediate(resolve));
  expect(asked).toBeLessThan(12);
  stream.destroy();
});

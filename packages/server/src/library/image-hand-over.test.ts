import { expect, test } from 'vitest';

import { ImageHandOver } from './image-hand-over.ts';

const never = new AbortController().signal;

test('with nothing pending nobody waits', async () => {
  expect(await new ImageHandOver(undefined).taken(60_000, never)).toBe(true);
});

test('without anybody to take it, an image stays pending', async () => {
  const handOver = new ImageHandOver(undefined);
  await handOver.send('/a.png');
  expect(await handOver.taken(5, never)).toBe(false);
});

test('who waits hears as soon as the image is taken', async () => {
  let take = () => {};
  const handOver = new ImageHandOver(() => new Promise((resolve) => (take = resolve)));
  const sent = handOver.send('/a.png');
  const taken = handOver.taken(60_000, never);
  expect(handOver.waiting).toBe(1);
  take();
  await sent;
  expect([await taken, handOver.waiting]).toEqual([true, 0]);
});

test('an image that is refused is no longer pending', async () => {
  const handOver = new ImageHandOver(() => {
    throw new Error('no room');
  });
  await expect(handOver.send('/a.png')).rejects.toThrow('no room');
  expect(await handOver.taken(60_000, never)).toBe(true);
});

test('taking an older image does not end the wait for a newer one', async () => {
  const takes: (() => void)[] = [];
  const handOver = new ImageHandOver(() => new Promise((resolve) => takes.push(resolve)));
  const first = handOver.send('/a.png');
  void handOver.send('/b.png');
  takes[0]?.();
  await first;
  expect(await handOver.taken(5, never)).toBe(false);
});

test('who goes away frees its place at once', async () => {
  const handOver = new ImageHandOver(undefined);
  await handOver.send('/a.png');
  const gone = new AbortController();
  const taken = handOver.taken(60_000, gone.signal);
  gone.abort();
  expect([await taken, handOver.waiting]).toEqual([false, 0]);
});

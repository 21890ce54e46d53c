import { expect, test } from 'vitest';

import { PendingImage } from './pending-image.ts';

const never = new AbortController().signal;

test('with nothing pending nobody waits', async () => {
  expect(await new PendingImage(undefined).taken(60_000, never)).toBe(true);
});

test('without anybody to take it, an image stays pending', async () => {
  const pendingImage = new PendingImage(undefined);
  await pendingImage.send('/a.png');
  expect(await pendingImage.taken(5, never)).toBe(false);
});

test('who waits hears as soon as the image is taken', async () => {
  let take = () => {};
  const pendingImage = new PendingImage(() => new Promise((resolve) => (take = resolve)));
  const sent = pendingImage.send('/a.png');
  const taken = pendingImage.taken(60_000, never);
  expect(pendingImage.waiting).toBe(1);
  take();
  await sent;
  expect([await taken, pendingImage.waiting]).toEqual([true, 0]);
});

test('an image that is refused is no longer pending', async () => {
  const pendingImage = new PendingImage(() => {
    throw new Error('no room');
  });
  await expect(pendingImage.send('/a.png')).rejects.toThrow('no room');
  expect(await pendingImage.taken(60_000, never)).toBe(true);
});

test('taking an older image does not end the wait for a newer one', async () => {
  const takes: (() => void)[] = [];
  const pendingImage = new PendingImage(() => new Promise((resolve) => takes.push(resolve)));
  const first = pendingImage.send('/a.png');
  void pendingImage.send('/b.png');
  takes[0]?.();
  await first;
  expect(await pendingImage.taken(5, never)).toBe(false);
});

test('who goes away frees its place at once', async () => {
  const pendingImage = new PendingImage(undefined);
  await pendingImage.send('/a.png');
  const gone = new AbortController();
  const taken = pendingImage.taken(60_000, gone.signal);
  gone.abort();
  expect([await taken, pendingImage.waiting]).toEqual([false, 0]);
});

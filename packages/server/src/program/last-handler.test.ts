import { afterEach, expect, test, vi } from 'vitest';

import { lastHandler } from './last-handler.ts';

afterEach(() => {
  vi.useRealTimers();
});

function handled(close: () => Promise<void>) {
  const written: string[] = [];
  const codes: number[] = [];
  const handle = lastHandler({
    errors: { write: (text: string) => written.push(text) > 0 },
    close,
    exit: (code) => codes.push(code),
  });
  return { handle, written, codes };
}

test('what broke first is told, and ends the process once what can be finished is', async () => {
  let finish = (): void => undefined;
  const { handle, written, codes } = handled(() => new Promise((resolve) => (finish = resolve)));
  handle('one');
  handle(new Error('two'));
  expect([written, codes]).toEqual([['iib-kit: unexpected error, stopping: one\n'], []]);
  finish();
  await vi.waitFor(() => expect(codes).toEqual([1]));
});

test('what cannot be finished ends it too', async () => {
  const { handle, codes } = handled(() => Promise.reject(new Error('the database is gone')));
  handle(new Error('one'));
  await vi.waitFor(() => expect(codes).toEqual([1]));
});

test('so does what takes longer than ten seconds', () => {
  vi.useFakeTimers();
  const { handle, codes } = handled(() => new Promise(() => undefined));
  handle(new Error('one'));
  vi.advanceTimersByTime(9999);
  expect(codes).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(codes).toEqual([1]);
});

import { afterEach, beforeEach, expect, test, vi } from 'vitest';

import { followFolders } from './follow-folders.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** Folders of a library whose answers a test sets, and what a listener was told of them. */
function followed() {
  const listeners = new Set<() => void>();
  const library = {
    unavailable: vi.fn<() => Promise<readonly string[]>>().mockResolvedValue([]),
    onChange(listener: () => void) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
  const told: (readonly string[])[] = [];
  const stop = followFolders(library, { isHeard: () => true, onChange: (gone) => told.push(gone) });
  return { library, told, stop, listeners, change: () => listeners.forEach((listener) => listener()) };
}

test('a drive that goes away is told within seconds, once', async () => {
  const { library, told } = followed();
  await vi.advanceTimersByTimeAsync(2000);
  library.unavailable.mockResolvedValue(['/drive']);
  await vi.advanceTimersByTimeAsync(6000);
  expect(told).toEqual([['/drive']]);
});

test('an index that does not answer ends nothing: what was owed is told after the next look', async () => {
  const { library, told, change } = followed();
  await vi.advanceTimersByTimeAsync(2000);
  library.unavailable.mockRejectedValueOnce(new Error('The index is closed'));
  change();
  await vi.advanceTimersByTimeAsync(0);
  expect(told).toEqual([]);
  await vi.advanceTimersByTimeAsync(2000);
  expect(told).toEqual([[]]);
});

test('nothing is told once it was stopped, of a look that is under way either', async () => {
  const { told, stop, change, listeners } = followed();
  await vi.advanceTimersByTimeAsync(0);
  change();
  stop();
  await vi.advanceTimersByTimeAsync(6000);
  expect([told, listeners.size]).toEqual([[], 0]);
});

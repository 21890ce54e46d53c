import fc from 'fast-check';
import { describe, expect, onTestFinished, test, vi } from 'vitest';

import { RecentBytes } from './recent-bytes.ts';

describe('RecentBytes', () => {
  test('forgets what was used longest ago when the bytes are too many', () => {
    const recent = new RecentBytes(10);
    recent.set('a', Buffer.alloc(4));
    recent.set('b', Buffer.alloc(4));
    recent.get('a');
    recent.set('c', Buffer.alloc(4));
    expect([recent.get('a'), recent.get('b'), recent.get('c')].map((data) => data?.length)).toEqual([
      4,
      undefined,
      4,
    ]);
  });

  test('tells what was set long ago', () => {
    vi.useFakeTimers({ toFake: ['Date'] });
    onTestFinished(() => void vi.useRealTimers());
    const recent = new RecentBytes(10);
    recent.set('a', Buffer.alloc(4));
    vi.setSystemTime(Date.now() + 60_000);
    recent.set('b', Buffer.alloc(4));
    vi.setSystemTime(Date.now() + 1);
    expect(['a', 'b', 'c'].map((key) => recent.isLongAgo(key, 60_000))).toEqual([true, false, false]);
    recent.set('a', Buffer.alloc(4));
    expect(recent.isLongAgo('a', 60_000)).toBe(false);
  });

  test('does not keep what is larger than all that it may keep', () => {
    const recent = new RecentBytes(10);
    recent.set('a', Buffer.alloc(11));
    expect(recent.get('a')).toBeUndefined();
  });

  test('never keeps more than its limit, and always the newest that fits', () => {
    const entry = fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.nat(12));
    fc.assert(
      fc.property(fc.array(entry), (entries) => {
        const recent = new RecentBytes(10);
        for (const [key, size] of entries) {
          recent.set(key, Buffer.alloc(size));
          expect(recent.get(key)?.length).toBe(size <= 10 ? size : undefined);
          const kept = ['a', 'b', 'c', 'd', 'e'].map((name) => recent.get(name)?.length ?? 0);
          expect(kept.reduce((sum, length) => sum + length)).toBeLessThanOrEqual(10);
        }
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cacheKey, type CacheKind } from './cache-key.ts';

const anyPicture = fc.record({
  source: fc.record({
    realPath: fc.string({ minLength: 1 }).filter((path) => !path.includes('\0')),
    mtimeMs: fc.double({ min: 0, max: 4e12, noNaN: true }).map((time) => time + 0),
    size: fc.nat(),
  }),
  kind: fc.constantFrom<CacheKind>('image', 'video'),
  box: fc.record({ width: fc.integer({ min: 1, max: 4096 }), height: fc.integer({ min: 1, max: 4096 }) }),
});

type Picture = typeof anyPicture extends fc.Arbitrary<infer T> ? T : never;
const keyOf = ({ source, kind, box }: Picture): string => cacheKey(source, kind, box);

describe('cacheKey', () => {
  test('is the same for the same picture and differs for any other', () => {
    fc.assert(
      fc.property(anyPicture, anyPicture, (a, b) => {
        expect(keyOf(structuredClone(a))).toBe(keyOf(a));
        const same = JSON.stringify(a) === JSON.stringify(b);
        expect(keyOf(a) === keyOf(b)).toBe(same);
      }),
    );
  });

  test('keeps the parts apart', () => {
    const source = { realPath: '/a', mtimeMs: 11, size: 1 };
    const box = { width: 1, height: 11 };
    const keys = [
      cacheKey(source, 'image', box),
      cacheKey({ ...source, mtimeMs: 1, size: 11 }, 'image', box),
      cacheKey(source, 'image', { width: 11, height: 1 }),
      cacheKey(source, 'video', box),
    ];
    expect(new Set(keys).size).toBe(4);
    expect(keys.every((key) => /^[\da-f]{32}$/u.test(key))).toBe(true);
  });
});

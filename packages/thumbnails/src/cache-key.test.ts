import fc from 'fast-check';
import { describe, expect, test } from 'vitest';

import { cacheKey, type CacheKind, isOutdated, pathDigestOf } from './cache-key.ts';
import { pathDigest } from './file-digest.ts';

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
        const isOfOneFile = a.source.realPath === b.source.realPath;
        expect(pathDigestOf(`${keyOf(a)}.webp`) === pathDigest(b.source.realPath)).toBe(isOfOneFile);
      }),
    );
  });

  test('tells what was drawn of earlier content of the file', () => {
    const source = { realPath: '/a', mtimeMs: 11, size: 1 };
    const key = cacheKey(source, 'image', { width: 1, height: 1 });
    const nameOf = (changes: Partial<typeof source>, width = 1): string =>
      `${cacheKey({ ...source, ...changes }, 'image', { width, height: 1 })}.webp`;
    expect(isOutdated(nameOf({ mtimeMs: 12 }), key)).toBe(true);
    expect(isOutdated(nameOf({ size: 2 }, 5), key)).toBe(true);
    expect(isOutdated(nameOf({}, 5), key)).toBe(false);
    expect(isOutdated(nameOf({ realPath: '/b', mtimeMs: 12 }), key)).toBe(false);
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
    expect(keys.every((key) => /^[\da-f]{52}$/u.test(key))).toBe(true);
  });
});

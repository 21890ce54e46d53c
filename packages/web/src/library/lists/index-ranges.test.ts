import fc from 'fast-check';
import { expect, test } from 'vitest';

import { IndexRanges, type IndexRange } from './index-ranges.ts';

const range = fc.tuple(fc.nat(60), fc.nat(20)).map(([start, length]): IndexRange => [start, start + length]);
const places = (ranges: IndexRanges) => {
  const found: number[] = [];
  for (const [start, end] of ranges.ranges) for (let at = start; at < end; at += 1) found.push(at);
  return found;
};
const sorted = (set: ReadonlySet<number>) => [...set].sort((a, b) => a - b);

test('ranges that touch are one', () => {
  expect(
    IndexRanges.of([
      [4, 6],
      [1, 2],
      [2, 4],
      [9, 9],
    ]).ranges,
  ).toEqual([[1, 6]]);
  expect(IndexRanges.of([[0, 1_000_000]]).without([10, 11])).toMatchObject({
    count: 999_999,
    ranges: [
      [0, 10],
      [11, 1_000_000],
    ],
  });
});

test('they are what a set of places would be', () => {
  fc.assert(
    fc.property(fc.array(range), fc.array(range), range, fc.nat(90), (first, second, other, place) => {
      const ranges = IndexRanges.of(first);
      const set = new Set<number>();
      for (const [start, end] of first) for (let at = start; at < end; at += 1) set.add(at);
      const also = new Set(places(IndexRanges.of(second)));
      expect(places(ranges)).toEqual(sorted(set));
      expect(ranges.count).toBe(set.size);
      expect(ranges.has(place)).toBe(set.has(place));
      const inOther = (at: number) => at >= other[0] && at < other[1];
      expect(places(ranges.without(other))).toEqual(places(ranges).filter((at) => !inOther(at)));
      expect(places(ranges.within(other))).toEqual(places(ranges).filter(inOther));
      expect(places(ranges.with(other))).toEqual(
        sorted(new Set([...set, ...places(IndexRanges.of([other]))])),
      );
      expect(places(ranges.joined(IndexRanges.of(second)))).toEqual(sorted(new Set([...set, ...also])));
      expect(places(ranges.toggled(IndexRanges.of(second)))).toEqual(
        sorted(new Set([...set, ...also].filter((at) => set.has(at) !== also.has(at)))),
      );
    }),
  );
});

import fc from 'fast-check';
import { expect, test } from 'vitest';

import { IndexRanges } from './index-ranges.ts';
import { dateBuckets, bucketsToFetch, remapIndices } from './remap-indices.ts';

/** A library as days of image ids, newest first. */
type Days = readonly { readonly date: string; readonly ids: readonly number[] }[];

const BLOCK = 3;

/** As the server divides it: blocks of one day, each with a cursor that names the image before it. */
function blocksOf(days: Days) {
  let before = 0;
  return days.flatMap(({ date, ids }) => {
    const blocks = [];
    for (let at = 0; at < ids.length; at += BLOCK) {
      const part = ids.slice(at, at + BLOCK);
      blocks.push({ date, count: part.length, cursor: String(before) });
      before = part.at(-1) ?? before;
    }
    return blocks;
  });
}

const oldDays = fc
  .uniqueArray(fc.integer({ min: 1, max: 500 }), { maxLength: 40 })
  .chain((ids) =>
    fc.tuple(
      fc.constant(ids),
      fc.array(fc.integer({ min: 1, max: 6 }), { minLength: ids.length, maxLength: ids.length }),
    ),
  )
  .map(([ids, days]) =>
    [1, 2, 3, 4, 5, 6]
      .map((day) => ({ date: `2024-05-0${day}`, ids: ids.filter((_, at) => days[at] === day) }))
      .filter(({ ids }) => ids.length > 0)
      .reverse(),
  );

/** What images came in front of or between others, and which went: never both, as one event tells them. */
const change = fc.oneof(
  fc.record({ removed: fc.func(fc.boolean()), added: fc.constant([]) }),
  fc.record({
    removed: fc.constant(() => false),
    added: fc.array(fc.tuple(fc.integer({ min: 1, max: 7 }), fc.nat(8)), { maxLength: 8 }),
  }),
);

function changed(
  days: Days,
  removed: (id: number) => boolean,
  added: readonly (readonly [number, number])[],
): Days {
  const byDate = new Map(days.map(({ date, ids }) => [date, ids.filter((id) => !removed(id))]));
  for (const [number, [day, at]] of added.entries()) {
    const ids = byDate.get(`2024-05-0${day}`) ?? [];
    byDate.set(`2024-05-0${day}`, ids.toSpliced(Math.min(at, ids.length), 0, 1000 + number));
  }
  return [...byDate]
    .map(([date, ids]) => ({ date, ids }))
    .filter(({ ids }) => ids.length > 0)
    .sort((a, b) => (a.date < b.date ? 1 : -1));
}

const idsOf = (days: Days) => days.flatMap(({ ids }) => ids);

test('with what it asks to know, the same images stay held, wherever others came or went', () => {
  fc.assert(
    fc.property(
      oldDays,
      change,
      fc.array(fc.tuple(fc.nat(40), fc.nat(20)), { maxLength: 4 }),
      (days, { removed, added }, pieces) => {
        const after = changed(days, removed, added);
        const [oldIds, newIds] = [idsOf(days), idsOf(after)];
        const held = IndexRanges.of(pieces.map(([start, length]) => [start, start + length])).within([
          0,
          oldIds.length,
        ]);
        const sections = { before: dateBuckets(blocksOf(days)), after: dateBuckets(blocksOf(after)) };
        const known = new Set(bucketsToFetch(sections.before, sections.after, held).map(({ date }) => date));
        const { remapRanges } = remapIndices({
          ...sections,
          idBefore: (index) => oldIds[index],
          idsAfter: new Map(after.filter(({ date }) => known.has(date)).map(({ date, ids }) => [date, ids])),
          isNew: (id) => id >= 1000,
        });
        const heldIds = new Set(oldIds.filter((_, index) => held.has(index)));
        const found = remapRanges(held);
        expect(newIds.filter((_, index) => found.has(index))).toEqual(newIds.filter((id) => heldIds.has(id)));
      },
    ),
  );
});

test('a whole day of images that were never fetched stays held without those that came', () => {
  const before = dateBuckets(blocksOf([{ date: '2024-05-02', ids: [1, 2, 3, 4] }]));
  const after = dateBuckets(blocksOf([{ date: '2024-05-02', ids: [1000, 1, 2, 3, 4] }]));
  const { remapRanges, remap } = remapIndices({
    before,
    after,
    idBefore: () => undefined,
    idsAfter: new Map([['2024-05-02', [1000, 1, 2, 3, 4]]]),
    isNew: (id) => id >= 1000,
  });
  expect(remapRanges(IndexRanges.of([[0, 4]])).ranges).toEqual([[1, 5]]);
  expect(remapRanges(IndexRanges.of([[0, 3]])).ranges).toEqual([]);
  expect(remap(0)).toBeUndefined();
});

test('a day that went takes what was held in it, and the others move up', () => {
  const before = dateBuckets(
    blocksOf([
      { date: '2024-05-02', ids: [1, 2] },
      { date: '2024-05-01', ids: [3, 4, 5, 6] },
    ]),
  );
  const after = dateBuckets(blocksOf([{ date: '2024-05-01', ids: [3, 4, 5, 6] }]));
  const { remap, remapRanges } = remapIndices({
    before,
    after,
    idBefore: () => undefined,
    idsAfter: new Map(),
    isNew: () => false,
  });
  expect([remap(1), remap(2), remap(5), remap(6)]).toEqual([undefined, 0, 3, undefined]);
  expect(remapRanges(IndexRanges.of([[1, 4]])).ranges).toEqual([[0, 2]]);
});

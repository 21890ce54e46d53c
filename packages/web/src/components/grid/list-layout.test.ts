import fc from 'fast-check';
import { expect, test } from 'vitest';

import { createListLayout, type ListPage } from './list-layout.ts';

const measures = { columns: 3, rowHeight: 100, headerHeight: 40 };

/** Two days: four images and two. */
const days: ListPage[] = [
  { date: '2024-05-02', count: 3 },
  { date: '2024-05-02', count: 1 },
  { date: '2024-05-01', count: 2 },
];

test('a day is a header and its rows, however many blocks it has', () => {
  const layout = createListLayout(days, measures);
  expect(layout.sections).toEqual([
    { date: '2024-05-02', start: 0, count: 4, top: 0, height: 240 },
    { date: '2024-05-01', start: 4, count: 2, top: 240, height: 140 },
  ]);
  expect([layout.count, layout.rowCount, layout.height]).toEqual([6, 3, 380]);
  expect(
    layout.itemsBetween(0, 1000).map(({ kind, top, ...item }) => [kind, top, 'start' in item && item.start]),
  ).toEqual([
    ['header', 0, false],
    ['row', 40, 0],
    ['row', 140, 3],
    ['header', 240, false],
    ['row', 280, 4],
  ]);
  expect(layout.itemsBetween(141, 200)).toEqual([
    { kind: 'row', section: layout.sections[0], number: 1, start: 3, end: 4, top: 140 },
  ]);
});

test('up and down keep the column where the row has it, over days', () => {
  const layout = createListLayout(days, measures);
  expect(layout.rowsAway(2, 1)).toBe(3);
  expect(layout.rowsAway(1, 2)).toBe(5);
  expect(layout.rowsAway(2, 2)).toBe(5);
  expect(layout.rowsAway(5, -2)).toBe(1);
  expect(layout.rowsAway(5, 9)).toBe(5);
  expect(layout.rowsAway(1, -9)).toBe(1);
});

test('a box drawn over the list holds the images that it touches', () => {
  const layout = createListLayout(days, measures);
  expect(layout.indicesIn({ top: 50, bottom: 300, left: 1, right: 2 })).toEqual([
    [1, 3],
    [5, 6],
  ]);
  expect(layout.indicesIn({ top: 50, bottom: 300, left: 0, right: 2 })).toEqual([[0, 6]]);
  expect(layout.indicesIn({ top: 50, bottom: 60, left: 3, right: 5 })).toEqual([]);
});

test('an empty list has no place', () => {
  const layout = createListLayout([{ date: '2024-05-02', count: 0 }], measures);
  expect([
    layout.count,
    layout.height,
    layout.itemsBetween(0, 100),
    layout.sectionOf(0),
    layout.topOf(0),
  ]).toEqual([0, 0, [], undefined, 0]);
  expect([layout.indexAt(10, 1), layout.rowsAway(0, 1)]).toEqual([0, 0]);
});

const someBlocks = fc.oneof(
  fc.array(fc.record({ date: fc.constant(null), count: fc.nat(40) }), { maxLength: 20 }),
  fc
    .array(fc.record({ date: fc.integer({ min: 1, max: 9 }), count: fc.nat(40) }), { maxLength: 20 })
    .map((blocks) =>
      blocks.sort((a, b) => b.date - a.date).map(({ date, count }) => ({ date: `2024-05-0${date}`, count })),
    ),
);
const someMeasures = fc.record({
  columns: fc.integer({ min: 1, max: 12 }),
  rowHeight: fc.integer({ min: 1, max: 300 }),
  headerHeight: fc.integer({ min: 1, max: 60 }),
});

test('every image is drawn once, in order, where it is said to be', () => {
  fc.assert(
    fc.property(someBlocks, someMeasures, (blocks, measures) => {
      const layout = createListLayout(blocks, measures);
      const items = layout.itemsBetween(0, layout.height);
      const rows = items.flatMap((item) => (item.kind === 'row' ? [item] : []));
      expect(rows.map(({ number }) => number)).toEqual(
        Array.from({ length: layout.rowCount }, (_, at) => at),
      );
      expect(rows.reduce((end, row) => (row.start === end ? row.end : Number.NaN), 0)).toBe(layout.count);
      expect(items.toSorted((a, b) => a.top - b.top)).toEqual(items);
      for (const row of rows) {
        for (let index = row.start; index < row.end; index += 1) {
          expect(layout.topOf(index)).toBe(row.top);
          expect(layout.columnOf(index)).toBe(index - row.start);
          expect(layout.indexAt(row.top + measures.rowHeight / 2, layout.columnOf(index))).toBe(index);
        }
      }
    }),
  );
});

test('what is between two heights is what of all touches them', () => {
  fc.assert(
    fc.property(someBlocks, someMeasures, fc.nat(5000), fc.nat(2000), (blocks, measures, top, length) => {
      const layout = createListLayout(blocks, measures);
      const heightOf = (kind: string) => (kind === 'row' ? measures.rowHeight : measures.headerHeight);
      const touching = layout
        .itemsBetween(0, layout.height)
        .filter((item) => item.top < top + length && item.top + heightOf(item.kind) > top);
      expect(layout.itemsBetween(top, top + length)).toEqual(touching);
    }),
  );
});

test('down and up again comes back, but for the ends and short rows', () => {
  fc.assert(
    fc.property(
      someBlocks,
      someMeasures,
      fc.nat(500),
      fc.integer({ min: -9, max: 9 }),
      (blocks, measures, at, rows) => {
        const layout = createListLayout(blocks, measures);
        fc.pre(layout.count > 0);
        const index = at % layout.count;
        const there = layout.rowsAway(index, rows);
        expect(there).toBeGreaterThanOrEqual(0);
        expect(there).toBeLessThan(layout.count);
        const rowOf = (image: number) =>
          layout
            .itemsBetween(layout.topOf(image), layout.topOf(image) + 1)
            .flatMap((item) => ('number' in item ? item.number : []));
        const [from = 0] = rowOf(index);
        expect(rowOf(there)).toEqual([Math.max(0, Math.min(layout.rowCount - 1, from + rows))]);
        expect(layout.columnOf(there)).toBeLessThanOrEqual(layout.columnOf(index));
      },
    ),
  );
});

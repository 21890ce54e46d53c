import { rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { IndexedImage, LayoutQuery } from '../src/image-index.ts';
import { querySorts } from '../src/image-index.ts';
import { searchByQuery } from '../src/search/search-by-query.ts';
import { searchLayout } from '../src/search/search-layout.ts';
import { localDate } from '../src/store/local-date.ts';
import type { Sqlite } from '../src/store/sqlite.ts';
import { query, record, storeOf } from './helpers/made-up-records.ts';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

function everyMatch(db: Sqlite, asked: LayoutQuery): readonly IndexedImage[] {
  return searchByQuery(db, { ...asked, size: 1000 }).items;
}

function pageAt(db: Sqlite, asked: LayoutQuery, cursor: string, size: number) {
  return searchByQuery(db, { ...asked, cursor, size }).items;
}

const dayOf = ({ modifiedTime }: IndexedImage): string => localDate(modifiedTime * 1e6).slice(0, 10);

describe('searchLayout', () => {
  it('covers every match once, in order, in blocks of one day whose cursors give them', async () => {
    const folders = fc.option(fc.subarray(['/p/a', '/p/ab', '/p/a/b', '/p', '/q']), { nil: undefined });
    await fc.assert(
      fc.asyncProperty(
        fc.array(record, { maxLength: 20 }),
        fc.oneof(fc.constant(''), query),
        fc.constantFrom(...querySorts),
        fc.integer({ min: 1, max: 5 }),
        folders,
        fc.subarray(['/p/a/b', '/q']),
        async (records, text, sort, blockSize, inside, outside) => {
          const { store } = await storeOf(records);
          const asked = { query: text, sort, blockSize, outside, ...(inside && { folders: inside }) };
          const { matches, blocks } = searchLayout(store.db, asked);
          const pages = blocks.map(({ cursor, count }) => pageAt(store.db, asked, cursor, count));
          const all = everyMatch(store.db, asked);
          store.db.close();
          expect(matches).toBe(all.length);
          expect(blocks.map(({ count }) => count)).toEqual(pages.map((page) => page.length));
          if (sort === 'random') {
            expect(new Set(pages.flat().map(({ id }) => id))).toEqual(new Set(all.map(({ id }) => id)));
          } else {
            expect(pages.flat()).toEqual(all);
          }
          const isByDate = sort === 'newest' || sort === 'oldest';
          for (const [at, { date, count }] of blocks.entries()) {
            expect(count).toBeLessThanOrEqual(blockSize);
            expect([...new Set(pages[at]?.map(dayOf))]).toEqual(isByDate ? [date] : expect.anything());
            const isLast = at === blocks.length - 1 || (isByDate && blocks[at + 1]?.date !== date);
            if (!isLast) expect(count).toBe(blockSize);
          }
        },
      ),
      { numRuns: 400 },
    );
  });

  it('finds words by their lists as by looking, whatever their accents are made of', async () => {
    const plain = { folder: '/p', bytes: 1, rating: 0, note: '', tags: [], media: 0 };
    const texts = ['cafe', 'caf\u00e9', 'cafe\u0301', 'CAFE\u0301 and decaffeinated', '\u212Aafe', 'tea'];
    const records = texts.map((text, at) => ({
      ...plain,
      name: `${at}.png`,
      rest: { text, bytes: 1, modified: at, media: 0 },
    }));
    const { store } = await storeOf(records);
    const count = (text: string) => searchLayout(store.db, { query: text }).matches;
    expect([count('cafe'), count('caf'), count('-cafe'), count('kafe'), count('e'), count('zebra')]).toEqual([
      1, 4, 5, 1, 4, 0,
    ]);
    for (const text of ['cafe', 'caf', '-cafe', 'kafe', 'e', 'zebra', 'cafe OR tea', 'caf\u00e9'])
      expect(count(text)).toBe(everyMatch(store.db, { query: text }).length);
    store.db.close();
  });

  it('gives blocks that stay the same while images come and go elsewhere', async () => {
    const library = temporaryLibrary();
    const at = (name: string, seconds: number) =>
      library.picture(name, `fox ${name}`, seconds, seconds % 200);
    for (let number = 0; number < 9; number += 1) at(`${number}.png`, 1_700_000_000 + number * 10);
    const index = await library.open();
    await index.update([library.root]);
    for (const sort of ['newest', 'oldest'] as const) {
      const { matches, blocks } = await index.searchLayout({ query: 'fox', sort, blockSize: 3 });
      expect([matches, blocks.map(({ count }) => count)]).toEqual([9, [3, 3, 3]]);
      const before = await Promise.all(
        blocks.map(({ cursor }) => index.search({ query: 'fox', sort, cursor, size: 3 })),
      );
      // Newer than all, older than all, and between two blocks.
      const added = [5, -5, 25, 55].map((seconds) =>
        at(`new${seconds}.png`, 1_700_000_000 + seconds + (seconds === 5 ? 1000 : 0)),
      );
      await index.update([library.root]);
      for (const [number, { cursor }] of blocks.entries()) {
        const page = await index.search({ query: 'fox', sort, cursor, size: 3 });
        expect(names(page)).toEqual(names(before[number] ?? { items: [] }));
      }
      await index.removePaths(added);
      for (const path of added) rmSync(path);
    }
  });

  it('leads to the images before and after one', async () => {
    const library = temporaryLibrary();
    for (let number = 0; number < 7; number += 1)
      library.picture(`${number}.png`, number % 2 === 0 ? 'fox' : 'hen', 1_700_000_000 + number, number);
    const index = await library.open();
    await index.update([library.root]);
    const { blocks } = await index.searchLayout({ query: 'fox', blockSize: 2 });
    const flat = await Promise.all(
      blocks.map(({ cursor, count }) => index.search({ query: 'fox', cursor, size: count })),
    );
    expect(flat.map(names)).toEqual([
      ['6.png', '4.png'],
      ['2.png', '0.png'],
    ]);
  });

  it('refuses what search refuses, and stops when it is told to', async () => {
    const library = temporaryLibrary();
    const index = await library.open();
    await expect(index.searchLayout({ query: '(fox' })).rejects.toMatchObject({ code: 'invalid-query' });
    await expect(index.searchLayout({ blockSize: 0 })).rejects.toThrow('size must be a whole number');
    await expect(index.searchLayout({}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    expect(await index.searchLayout({})).toEqual({ matches: 0, blocks: [] });
  });
});

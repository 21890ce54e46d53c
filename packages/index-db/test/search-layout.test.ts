import { execFileSync } from 'node:child_process';
import { readdirSync, rmSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type IndexedImage, type LayoutQuery, querySorts } from '@iib-kit/catalog';
import { localDate } from '@iib-kit/catalog/text';
import { searchByQuery } from '../src/sqlite/read/search/plan-query.ts';
import { searchLayout } from '../src/sqlite/read/search/search-layout.ts';
import type { Sqlite } from '../src/sqlite/connection/sqlite.ts';
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

  it('divides days as the statistics do, also where zones differ by half an hour', async () => {
    const library = temporaryLibrary();
    // Ten minutes past midnight in India.
    library.picture('late.png', 'fox', Date.UTC(2023, 10, 14, 18, 40) / 1000);
    await (await library.open()).update([library.root]);
    const program = new URL('./helpers/days-program.js', import.meta.url).pathname;
    const env = { ...process.env, TZ: 'Asia/Kolkata' };
    const said = execFileSync(process.execPath, [program, library.databasePath], { env, encoding: 'utf8' });
    expect(JSON.parse(said)).toEqual([[{ name: '2023-11-15', count: 1 }], ['2023-11-15']]);
  });

  it('leaves out images that another program took away, before that is noticed', async () => {
    const plain = { rating: 0, note: '', tags: [], folder: '/p' };
    const records = [0, 1, 2].map((at) => ({
      ...plain,
      name: `${at}.png`,
      rest: { text: at === 1 ? 'tea' : 'fox', bytes: 1, modified: at, media: 0 },
    }));
    const { store } = await storeOf(records);
    const counts = () =>
      ['', 'fox', '-fox'].map((text) => searchLayout(store.db, { query: text, folders: ['/p'] }).matches);
    expect(counts()).toEqual([3, 2, 1]);
    store.db.exec(`DELETE FROM image_tag; DELETE FROM image WHERE path LIKE '%0.png'`);
    expect(counts()).toEqual([2, 1, 1]);
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

  it('leads to the images before and after one, by halving the blocks', async () => {
    const library = temporaryLibrary();
    for (let number = 0; number < 20; number += 1)
      library.picture(`${number}.png`, number % 2 === 0 ? 'fox' : 'hen', 1_700_000_000 + number, number);
    const index = await library.open();
    await index.update([library.root]);
    const asked = { query: 'fox', sort: 'newest' } as const;
    const { blocks } = await index.searchLayout({ ...asked, blockSize: 3 });
    const blockAt = async (at: number) => {
      const block = blocks[at];
      if (block === undefined) return [];
      return (await index.search({ ...asked, cursor: block.cursor, size: block.count })).items;
    };

    async function neighbours(path: string) {
      const time = (await index.images([path])).get(path)?.modifiedTime ?? 0;
      let low = 0;
      let high = blocks.length - 1;
      while (low < high) {
        const middle = Math.floor((low + high) / 2);
        if (((await blockAt(middle)).at(-1)?.modifiedTime ?? 0) > time) low = middle + 1;
        else high = middle;
      }
      const around = [...(await blockAt(low - 1)), ...(await blockAt(low)), ...(await blockAt(low + 1))];
      const at = around.findIndex((image) => image.path === path);
      return names({ items: [around[at - 1], around[at + 1]].filter((image) => image !== undefined) });
    }

    expect(await neighbours(library.at('18.png'))).toEqual(['16.png']);
    expect(await neighbours(library.at('14.png'))).toEqual(['16.png', '12.png']);
    expect(await neighbours(library.at('12.png'))).toEqual(['14.png', '10.png']);
    expect(await neighbours(library.at('0.png'))).toEqual(['2.png']);
  });

  it('refuses what search refuses, and stops when it is told to', async () => {
    const library = temporaryLibrary();
    const index = await library.open();
    await expect(index.searchLayout({ query: '(fox' })).rejects.toMatchObject({ code: 'invalid-query' });
    await expect(index.searchLayout({ blockSize: 0 })).rejects.toThrow('blockSize must be a whole number');
    await expect(index.searchLayout({}, { signal: AbortSignal.abort(new Error('enough')) })).rejects.toThrow(
      'enough',
    );
    expect(await index.searchLayout({})).toEqual({ matches: 0, blocks: [] });
  });

  it('is given up as one types on, and the last question is answered by threads that are there already', async () => {
    const library = temporaryLibrary();
    for (let number = 0; number < 400; number += 1) {
      library.picture(`${number}.png`, `a fox number ${number}`, 1_700_000_000 + number, number);
    }
    const index = await library.open();
    await index.update([library.root]);
    await index.searchLayout({ query: 'fox' });
    const threadsNow = () => (process.platform === 'linux' ? readdirSync('/proc/self/task') : []);
    const before = new Set(threadsNow());
    const started = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      const typing = new AbortController();
      const answer = index.searchLayout({ query: 'o' }, { signal: typing.signal });
      await new Promise((resolve) => setTimeout(resolve, round % 4));
      typing.abort(new Error('typed on'));
      await answer.then(
        ({ matches }) => expect(matches).toBe(400),
        (error: unknown) => expect(error).toMatchObject({ message: 'typed on' }),
      );
      for (const thread of threadsNow()) if (!before.has(thread)) started.add(thread);
    }
    expect(await index.searchLayout({ query: 'fox' })).toMatchObject({ matches: 400 });
    // Beside the one that was there, some for what comes while others notice; not one for each question.
    expect(started.size).toBeLessThan(20);
  });
});

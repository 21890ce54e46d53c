import { rmSync } from 'node:fs';
import fc from 'fast-check';
import type { IndexedImage } from '../../roles/indexed-image.ts';
import { querySorts } from '../../roles/image-searches.ts';
import { localDate } from '../../text/local-date.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { folderLists, queries } from '../expected/made-up-queries.ts';
import { names } from '../library/names.ts';
import { openWith } from '../library/open-with.ts';

const dayOf = ({ modifiedTime }: IndexedImage): string => localDate(modifiedTime * 1e6).slice(0, 10);

/** How a search divides into blocks, and the pages that their cursors give. */
export function layoutSuite(tools: ConformanceTools): void {
  const { describe, it, expect, temporaryLibrary } = tools;

  describe('searchLayout', () => {
    it('covers every match once, in order, in full blocks of one day whose cursors give them', async () => {
      const made = await tools.madeUpLibrary();
      const { index } = made;
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ weight: 3, arbitrary: queries(made) }, { weight: 1, arbitrary: fc.constant('') }),
          fc.option(fc.constantFrom(...querySorts), { nil: undefined }),
          fc.constantFrom(1, 5, 12, 200),
          folderLists(made),
          folderLists(made),
          async (query, sort, blockSize, folders, outside) => {
            const asked = {
              query,
              ...(sort && { sort }),
              ...(folders && { folders }),
              ...(outside && { outside }),
            };
            const { matches, blocks } = await index.searchLayout({ ...asked, blockSize });
            const { items } = await index.search(asked);
            expect(matches).toBe(items.length);
            expect(blocks.reduce((sum, { count }) => sum + count, 0)).toBe(matches);
            const pages = await Promise.all(
              blocks.map(({ cursor, count }) => index.search({ ...asked, cursor, size: count })),
            );
            const found = pages.flatMap((page) => page.items);
            if (sort === 'random') {
              expect(new Set(found.map(({ id }) => id))).toEqual(new Set(items.map(({ id }) => id)));
              expect(found).toHaveLength(matches);
            } else expect(found).toEqual(items);
            const isByDate = sort === undefined || sort === 'newest' || sort === 'oldest';
            for (const [at, { date, count }] of blocks.entries()) {
              expect(new Set(pages[at]?.items.map(isByDate ? dayOf : () => undefined))).toEqual(
                new Set([date]),
              );
              const isLast = at === blocks.length - 1 || (isByDate && blocks[at + 1]?.date !== date);
              if (isLast) expect(count).toBeLessThanOrEqual(blockSize);
              else expect(count).toBe(blockSize);
            }
          },
        ),
        { numRuns: 120 },
      );
    });

    it('finds words as searches do, whatever their accents are made of', async () => {
      const texts = ['cafe', 'caf\u00e9', 'cafe\u0301', 'CAFE\u0301 and decaffeinated', '\u212Aafe', 'tea'];
      const { index } = await openWith(
        tools,
        Object.fromEntries(texts.map((text, at) => [`${at}.png`, text])),
      );
      const counts = {
        cafe: 1,
        caf: 4,
        '-cafe': 5,
        kafe: 1,
        e: 6,
        zebra: 0,
        'cafe OR tea': 2,
        'caf\u00e9': 3,
        'cafe\u0301': 3,
      };
      for (const [query, count] of Object.entries(counts)) {
        expect(names(await index.search({ query })), query).toHaveLength(count);
        expect((await index.searchLayout({ query })).matches, query).toBe(count);
      }
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
        const pages = () =>
          Promise.all(blocks.map(({ cursor }) => index.search({ query: 'fox', sort, cursor, size: 3 })));
        const before = (await pages()).map(names);
        // Newer than all, older than all, and between two blocks.
        const added = [1005, -5, 25, 55].map((seconds) => at(`new${seconds}.png`, 1_700_000_000 + seconds));
        await index.update([library.root]);
        expect((await pages()).map(names)).toEqual(before);
        await index.removePaths(added);
        for (const path of added) rmSync(path);
      }
    });

    it('leads to the images before and after one, by halving the blocks', async () => {
      const pictures = Array.from({ length: 20 }, (_, at) => [`${at}.png`, at % 2 === 0 ? 'fox' : 'hen']);
      const { library, index } = await openWith(
        tools,
        Object.fromEntries(pictures) as Record<string, string>,
      );
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

    it('refuses a block size that is no whole number from 1, and stops when it is told to', async () => {
      const { index } = await tools.madeUpLibrary();
      for (const blockSize of [0, -1, 1.5])
        await expect(index.searchLayout({ blockSize })).rejects.toThrow('blockSize must be a whole number');
      const signal = AbortSignal.abort(new Error('enough'));
      await expect(index.searchLayout({}, { signal })).rejects.toThrow('enough');
    });

    it('is given up as one types on, and the last question is answered', async () => {
      const { index, pictures } = await tools.madeUpLibrary();
      for (let round = 0; round < 20; round += 1) {
        const typing = new AbortController();
        const answer = index.searchLayout({ query: 'i' }, { signal: typing.signal });
        await new Promise((resolve) => setTimeout(resolve, round % 4));
        typing.abort(new Error('typed on'));
        await answer.then(
          ({ matches }) => expect(matches).toBe(pictures.length),
          (error: unknown) => expect(error).toMatchObject({ message: 'typed on' }),
        );
      }
      expect(await index.searchLayout({ query: 'i' })).toMatchObject({ matches: pictures.length });
    });
  });
}

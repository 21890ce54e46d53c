import fc from 'fast-check';
import { parseQuery } from '../../query/parse-query.ts';
import type { IndexedImage } from '../../roles/indexed-image.ts';
import { querySorts } from '../../roles/image-searches.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { allPages } from '../expected/all-pages.ts';
import { inOrder } from '../expected/in-order.ts';
import { folderLists, pageSizes, queries } from '../expected/made-up-queries.ts';
import { isInFolders, meetsQuery } from '../expected/matching.ts';

/** Queries of every kind of condition, in every order. */
export function querySearchSuite(tools: ConformanceTools): void {
  const { describe, it, expect } = tools;

  describe('search', () => {
    it('gives what a plain look at each picture gives, in every order, in pages of any size', async () => {
      const made = await tools.madeUpLibrary();
      await fc.assert(
        fc.asyncProperty(
          fc.oneof({ weight: 9, arbitrary: queries(made) }, { weight: 1, arbitrary: fc.constant('') }),
          fc.option(fc.constantFrom(...querySorts), { nil: undefined }),
          folderLists(made),
          folderLists(made),
          pageSizes,
          async (query, sort, folders, outside, size) => {
            const asked = {
              query,
              ...(sort && { sort }),
              ...(folders && { folders }),
              ...(outside && { outside }),
            };
            const found = await allPages(tools, size, (cursor) =>
              made.index.search({ ...asked, size, cursor }),
            );
            const node = parseQuery(query);
            const expected = made.pictures.filter(
              (picture) =>
                isInFolders(picture.path, folders) &&
                !isInFolders(picture.path, outside ?? []) &&
                meetsQuery(node, picture),
            );
            const sorted = sort === 'random' ? found.toSorted((a, b) => a.id - b.id) : found;
            expect(sorted.map(({ path }) => path)).toEqual(
              inOrder(expected, sort ?? 'newest').map(({ path }) => path),
            );
          },
        ),
        { numRuns: 400 },
      );
    });

    it('gives each picture as it is, whatever finds it', async () => {
      const { index, pictures } = await tools.madeUpLibrary();
      const expected = new Map(
        pictures.map(({ id, path, bytes, modifiedTime, mediaType, width, height }) => [
          id,
          {
            id,
            path,
            bytes,
            modifiedTime,
            mediaType,
            createdTime: expect.any(Number),
            ...(width !== undefined && { width }),
            ...(height !== undefined && { height }),
          },
        ]),
      );
      const found: (readonly IndexedImage[])[] = [
        (await index.searchBySubstring({})).items,
        (await index.searchBySubstring({ text: '.' })).items,
        (await index.searchBySubstring({ regexp: '.' })).items,
        (await index.searchByTags({ and: [], or: [], not: [] })).items,
        (await index.searchByTags({ and: [], or: [], not: [], random: true })).items,
        (await index.search({ query: 'library', sort: 'newest' })).items,
        (await index.search({ query: '', sort: 'name' })).items,
        (await index.search({ query: '-nothing', sort: 'rating' })).items,
        await index.randomImages(pictures.length),
        [...(await index.images(pictures.map(({ path }) => path))).values()],
        [...(await index.imagesById(pictures.map(({ id }) => id))).values()],
      ];
      for (const items of found)
        expect(new Map(items.map((item) => [item.id, item]))).toStrictEqual(expected);
    });

    it('stays in one random order from page to page, and begins another each time', async () => {
      const { index, pictures } = await tools.madeUpLibrary();
      const shuffled = async () => (await index.search({ sort: 'random' })).items.map(({ id }) => id);
      const [first, second] = [await shuffled(), await shuffled()];
      expect(second).not.toEqual(first);
      const begun = await index.search({ sort: 'random', size: 10 });
      const rest = async () => (await index.search({ sort: 'random', cursor: begun.next })).items;
      expect(await rest()).toEqual(await rest());
      expect(new Set([...begun.items, ...(await rest())].map(({ id }) => id)).size).toBe(pictures.length);
    });

    it('says where a query is wrong', async () => {
      const { index } = await tools.madeUpLibrary();
      for (const [query, position] of [
        ['(fox', 0],
        ['fox OR', 4],
        ['a steps>', 2],
      ] as const) {
        const refusal = { code: 'invalid-query', details: { position } };
        await expect(index.search({ query })).rejects.toMatchObject(refusal);
        await expect(index.search({ query, sort: 'name' })).rejects.toMatchObject(refusal);
        await expect(index.searchLayout({ query })).rejects.toMatchObject(refusal);
      }
    });
  });
}

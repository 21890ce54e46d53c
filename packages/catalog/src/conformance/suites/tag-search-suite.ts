import fc from 'fast-check';
import type { ConformanceTools } from '../conformance-tools.ts';
import { allPages } from '../expected/all-pages.ts';
import { inOrder } from '../expected/in-order.ts';
import { folderLists, pageSizes } from '../expected/made-up-queries.ts';
import { meetsTags } from '../expected/matching.ts';
import { names } from '../library/names.ts';
import { openWith } from '../library/open-with.ts';

/** All of some tags, any of others, none of others still. */
export function tagSearchSuite(tools: ConformanceTools): void {
  const { describe, it, expect } = tools;

  describe('searchByTags', () => {
    it('wants all of and, any of or, none of not', async () => {
      const { index } = await openWith(tools, {
        '1.png': 'fox, red',
        '2.png': 'fox, blue',
        '3.png': 'fox, red, night',
        '4.png': 'hen, red',
      });
      const { tags } = await index.basicInfo();
      const id = (name: string) => tags.find((tag) => tag.name === name)?.id ?? -1;
      const find = async (and: string[], or: string[], not: string[]) =>
        names(await index.searchByTags({ and: and.map(id), or: or.map(id), not: not.map(id) }));
      expect(await find(['fox'], [], [])).toEqual(['3.png', '2.png', '1.png']);
      expect(await find(['fox', 'fox', 'red'], [], ['night'])).toEqual(['1.png']);
      expect(await find([], ['blue', 'night'], [])).toEqual(['3.png', '2.png']);
      expect(await find(['red'], ['hen', 'night'], [])).toEqual(['4.png', '3.png']);
      expect(await find([], [], ['fox'])).toEqual(['4.png']);
      expect(await find([], [], [])).toHaveLength(4);
    });

    it('gives what a plain look at each picture gives, newest first, in pages of any size', async () => {
      const made = await tools.madeUpLibrary();
      const id = fc.constantFrom(...made.tagIds, 987_654);
      const ids = (maxLength: number) => fc.array(id, { maxLength });
      await fc.assert(
        fc.asyncProperty(
          fc.record({ and: ids(2), or: ids(4), not: ids(2) }),
          folderLists(made),
          fc.boolean(),
          pageSizes,
          async (wanted, folders, random, size) => {
            const query = { ...wanted, ...(folders && { folders }), ...(random && { random }) };
            const found = await allPages(tools, size, (cursor) =>
              made.index.searchByTags({ ...query, size, cursor }),
            );
            const expected = made.pictures.filter((picture) =>
              meetsTags(query, picture, made.tagIdsOf(picture)),
            );
            const sort = random ? 'random' : 'newest';
            const sorted = random ? found.toSorted((a, b) => a.id - b.id) : found;
            expect(sorted.map(({ path }) => path)).toEqual(inOrder(expected, sort).map(({ path }) => path));
          },
        ),
        { numRuns: 200 },
      );
    });

    it('shuffles otherwise each time', async () => {
      const { index, pictures } = await tools.madeUpLibrary();
      const shuffled = async () =>
        (await index.searchByTags({ and: [], or: [], not: [], random: true })).items.map((image) => image.id);
      const [first, second] = [await shuffled(), await shuffled()];
      expect(first).toHaveLength(pictures.length);
      expect(second).not.toEqual(first);
      expect(second).not.toEqual(inOrder(pictures, 'newest').map((image) => image.id));
    });
  });
}

import type { ConformanceTools } from '../conformance-tools.ts';
import { names } from '../library/names.ts';
import { openThree } from '../library/three-pictures.ts';

/** Care for what is stored changes nothing of it. */
export function upkeepSuite({ it, expect, temporaryLibrary }: ConformanceTools): void {
  it('gives room back, orders what is stored, and leaves it as it is', async () => {
    const { library, index, one, two } = await openThree({ temporaryLibrary });
    await index.setTag([one], 1, 'add');
    await index.setRating([one], 4);
    await index.removePaths([two]);
    // An automatic tag without an image may go.
    const info = async () => {
      const { tags, ...counts } = await index.basicInfo();
      return { ...counts, tags: tags.filter(({ type, count }) => type === 'custom' || count > 0) };
    };
    const all = async () => ({
      found: (await index.searchBySubstring({ text: 'fox' })).items,
      tagged: await index.searchByTags({ and: [1], or: [], not: [] }),
      rated: (await index.search({ query: 'rating:4', sort: 'name' })).items,
      info: await info(),
    });
    const before = await all();
    expect(names({ items: before.found })).toEqual(['three.png', 'one.png']);
    await index.compact();
    await index.optimize();
    expect(await all()).toEqual(before);
    expect(await index.checkIntegrity()).toEqual([]);
    expect(await index.update([library.root])).toMatchObject({ added: 1, unchanged: 2 });
  });

  it('ends with the index: what is asked later is refused, and closing again does nothing', async () => {
    const { library, index, one } = await openThree({ temporaryLibrary });
    await expect(index.ping()).resolves.toBeUndefined();
    await index.close();
    await index.close();
    const asked = [
      index.ping(),
      index.searchBySubstring({}),
      index.search({ sort: 'name' }),
      index.images([one]),
      index.setTag([one], 1, 'add'),
      index.update([library.root]),
    ];
    for (const outcome of await Promise.allSettled(asked))
      expect(outcome).toMatchObject({ status: 'rejected', reason: { code: 'closed' } });
  });
}

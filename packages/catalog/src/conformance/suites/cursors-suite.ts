import { type QuerySort, querySorts } from '../../roles/image-searches.ts';
import { localDate } from '../../text/local-date.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { allPages } from '../expected/all-pages.ts';
import { inOrder } from '../expected/in-order.ts';
import { searchForms } from '../expected/search-forms.ts';
import { names } from '../library/names.ts';
import { openWith } from '../library/open-with.ts';

/** Where pages begin and end, and which cursors are none. */
export function cursorsSuite(tools: ConformanceTools): void {
  const { describe, it, expect, temporaryLibrary } = tools;

  /** Twelve pictures of a fox: one second holds three, in fractions of it, and ids are in no order of time. */
  async function openTwelve() {
    const library = temporaryLibrary();
    const paths = Array.from({ length: 12 }, (_, at) => {
      const time = 1_700_000_000 + Math.floor(((at * 5) % 12) / 3) + ((at * 5) % 3) / 4;
      return library.picture(`${(at * 7) % 12}.png`, 'fox', time, at);
    });
    const index = await library.open();
    await index.update([library.root]);
    await index.setRating(paths.slice(0, 5), 3);
    await index.setRating(paths.slice(4, 6), 5);
    const { tags } = await index.basicInfo();
    const tagId = tags.find(({ name }) => name === 'fox')?.id ?? -1;
    return { library, index, paths, forms: searchForms(index, 'fox', tagId) };
  }

  async function formsOfMadeUp() {
    const { index, tagIds } = await tools.madeUpLibrary();
    return searchForms(index, 'fox', tagIds[0] ?? -1);
  }

  describe('pages', () => {
    it('of every search go on after the image at their end was taken away, and the one after it', async () => {
      const { library, index, paths, forms } = await openTwelve();
      const begun = new Map<string, { next: string; rest: string[] }>();
      for (const { name, sort, ask } of forms) {
        const first = await ask({ size: 4 });
        const all = [...first.items, ...(await ask({ cursor: first.next })).items];
        expect(new Set(all.map(({ path }) => path)), name).toEqual(new Set(paths));
        expect(names(first), name).toHaveLength(4);
        const rest = all.slice(4).map(({ path }) => path);
        begun.set(name, { next: first.next, rest });
        if (sort !== 'newest') continue;
        const sorted = inOrder(
          all.map((image) => ({ ...image, rating: 0 })),
          sort,
        );
        expect(
          all.map(({ id }) => id),
          name,
        ).toEqual(sorted.map(({ id }) => id));
      }
      const byDate = [...(await index.searchBySubstring({})).items];
      const gone = byDate.slice(3, 5).map(({ path }) => path);
      await index.removePaths(gone);
      for (const { name, ask } of forms) {
        const { next = '', rest = [] } = begun.get(name) ?? {};
        const { items } = await ask({ cursor: next });
        expect(
          items.map(({ path }) => path),
          name,
        ).toEqual(rest.filter((path) => !gone.includes(path)));
      }
      await index.removePaths([library.root]);
      for (const { name, ask } of forms) {
        const page = await ask({ cursor: begun.get(name)?.next ?? '' });
        expect(page, name).toEqual({ items: [], hasNext: false, next: '' });
      }
    });

    it('of every search end without an empty one when the size fits exactly, and hold 200 unless told', async () => {
      const pictures = Object.fromEntries(Array.from({ length: 202 }, (_, at) => [`${at}.png`, 'fox']));
      const { index } = await openWith(tools, pictures);
      const { tags } = await index.basicInfo();
      const tagId = tags.find(({ name }) => name === 'fox')?.id ?? -1;
      for (const { name, ask } of searchForms(index, 'fox', tagId)) {
        expect(await allPages(tools, 101, (cursor) => ask({ size: 101, cursor })), name).toHaveLength(202);
        expect(await allPages(tools, 200, (cursor) => ask({ cursor })), name).toHaveLength(202);
        expect(await ask({ size: 202 }), name).toMatchObject({ hasNext: false, next: '' });
      }
      const { blocks } = await index.searchLayout({ query: 'fox', sort: 'name' });
      expect(blocks.map(({ count }) => count)).toEqual([200, 2]);
    });

    it('refuse a size that is no whole number from 1', async () => {
      for (const { ask } of await formsOfMadeUp()) {
        for (const size of [0, -1, 1.5, NaN]) await expect(ask({ size })).rejects.toThrow('size must be');
      }
    });
  });

  describe('cursors', () => {
    const refusal = { code: 'invalid-cursor' };

    it('that no index has given are refused by every search', async () => {
      const wrong = [
        'nonsense',
        ' ',
        '0',
        'd12',
        '2024-01-01',
        '2024-01-01 10:00:00|',
        '[]',
        'bnVsbA',
        'W10',
      ];
      for (const { name, ask } of await formsOfMadeUp()) {
        for (const cursor of wrong)
          await expect(ask({ cursor }), `${name}: ${cursor}`).rejects.toMatchObject(refusal);
      }
    });

    it('of one order are refused by every other', async () => {
      const { index, pictures } = await tools.madeUpLibrary();
      const next = async (sort: QuerySort) => (await index.search({ sort, size: 5 })).next;
      for (const sort of querySorts) {
        const cursor = await next(sort);
        for (const other of querySorts.filter((one) => one !== sort))
          await expect(index.search({ sort: other, cursor }), `${sort} ${other}`).rejects.toMatchObject(
            refusal,
          );
        expect((await index.search({ sort, cursor })).items).toHaveLength(pictures.length - 5);
      }
    });

    it('that IIB wrote go on before the second of a date, or at an image of it', async () => {
      const { index, forms } = await openTwelve();
      const all = (await index.searchBySubstring({})).items;
      const older = (second: number) => all.filter(({ modifiedTime }) => modifiedTime < second);
      const byDate = forms.filter(({ sort }) => sort === 'newest');
      for (const [at, { id, modifiedTime }] of all.entries()) {
        const date = localDate(modifiedTime * 1e6);
        const expected: Readonly<Record<string, readonly unknown[]>> = {
          [date]: older(Math.floor(modifiedTime)),
          [date.replace(' ', 'T')]: [],
          [`${date}|${id}`]: all.slice(at + 1),
          [`${date}|987654`]: older(Math.floor(modifiedTime)),
        };
        for (const { name, ask } of byDate) {
          for (const [cursor, items] of Object.entries(expected)) {
            if (cursor.includes('T')) await expect(ask({ cursor }), name).rejects.toMatchObject(refusal);
            else expect((await ask({ cursor })).items, `${name}: ${cursor}`).toEqual(items);
          }
        }
      }
    });
  });
}

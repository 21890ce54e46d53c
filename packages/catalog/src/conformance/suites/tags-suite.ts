import { names } from '../library/names.ts';
import { recordDescriber } from '../library/temporary-library.ts';
import { openThree } from '../library/three-pictures.ts';
import { writeRecord } from '../library/write-record.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Tags are given, taken, renamed, merged and counted. */
export function tagsSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('tags', () => {
    it('are given by id, those that exist', async () => {
      const { index } = await openThree({ temporaryLibrary });
      expect([...(await index.tagsById([1, 987_654])).values()]).toEqual([
        expect.objectContaining({ id: 1, name: 'like', type: 'custom' }),
      ]);
    });

    it('toggle, and say which way', async () => {
      const { index, one, found } = await openThree({ temporaryLibrary });
      expect(await index.toggleTag(one, 1)).toBe('add');
      expect(await found(1)).toEqual(['one.png']);
      expect(await index.toggleTag(one, 1)).toBe('remove');
      expect(await found(1)).toEqual([]);
    });

    it('are renamed and coloured, but not to a name that is taken', async () => {
      const { index } = await openThree({ temporaryLibrary });
      const { id } = await index.createTag('old');
      expect(await index.updateTag(id, { name: 'new', color: '#f00' })).toMatchObject({
        id,
        name: 'new',
        color: '#f00',
      });
      expect(await index.createTag('new')).toMatchObject({ id });
      await expect(index.updateTag(id, { name: 'like' })).rejects.toMatchObject({ code: 'name-taken' });
      await expect(index.updateTag(99_999, { color: '' })).rejects.toMatchObject({ code: 'unknown-tag' });
    });

    it('are removed from every image', async () => {
      const { index, one, two } = await openThree({ temporaryLibrary });
      const { id } = await index.createTag('gone');
      await index.setTag([one, two], id, 'add');
      await index.removeTag(id);
      expect(await index.tagsOf([one, two])).toEqual(new Map());
      await expect(index.removeTag(id)).rejects.toMatchObject({ code: 'unknown-tag' });
      expect((await index.createTag('gone')).count).toBe(0);
    });

    it('are one for a network that is spelled with blanks, `_` or `-`, by its first name', async () => {
      const library = temporaryLibrary();
      const spelled = [['Ink_wash-v2'], ['ink wash v2', 'Ink-wash-v2'], ['inkwash']];
      for (const [at, loras] of spelled.entries()) {
        const tags = loras.map((name) => ({ type: 'lora', name }));
        writeRecord(library.at(`${at + 1}.png`), { tags }, { time: 1_700_000_000 + at, bytes: 200 + at });
      }
      const index = await library.open({ describer: recordDescriber });
      await index.update([library.root]);
      const { tags } = await index.basicInfo();
      const networks = tags.filter(({ type }) => type === 'lora');
      expect(new Map(networks.map(({ name, count }) => [name, count]))).toEqual(
        new Map([
          ['Ink_wash-v2', 2],
          ['inkwash', 1],
        ]),
      );
      for (const query of ['lora:"ink wash"', 'lora=ink-wash_v2', 'lora:wash_V2'])
        expect(names(await index.search({ query })), query).toEqual(['2.png', '1.png']);
      expect(await index.complete({ field: 'lora', text: 'ink w' })).toEqual([
        { name: 'Ink_wash-v2', count: 2 },
      ]);
    });

    it('are merged, counting an image that has both once', async () => {
      const { index, one, two, found } = await openThree({ temporaryLibrary });
      const from = (await index.createTag('from')).id;
      const into = (await index.createTag('into')).id;
      await index.setTag([one, two], from, 'add');
      await index.setTag([two], into, 'add');
      expect(await index.mergeTags(from, into)).toMatchObject({ id: into, count: 2 });
      expect(await found(into)).toEqual(['two.png', 'one.png']);
    });
  });
}

import { writeFileSync } from 'node:fs';
import { names } from '../library/names.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Tags that the user makes, and folders that the user adds. */
export function customTagsSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('custom tags', () => {
    it('begin with like, and are made once per name', async () => {
      const index = await temporaryLibrary().open();
      expect((await index.basicInfo()).tags).toEqual([
        { id: 1, name: 'like', type: 'custom', count: 0, color: '', score: 0 },
      ]);
      const made = await index.createTag('To print');
      expect(made).toEqual({ id: 2, name: 'To print', type: 'custom', count: 0, color: '', score: 0 });
      expect(await index.createTag('To print')).toEqual(made);
    });

    it('are given and taken any number of times with the same result, and counted', async () => {
      const library = temporaryLibrary();
      const one = library.picture('one.png', 'fox', 1, 1);
      const two = library.picture('two.png', 'fox', 2, 2);
      const index = await library.open();
      await index.update([library.root]);
      const countOfLike = async () => (await index.basicInfo()).tags.find(({ id }) => id === 1)?.count;
      await index.setTag([one, two, one], 1, 'add');
      await index.setTag([one], 1, 'add');
      expect(await countOfLike()).toBe(2);
      expect(names(await index.searchByTags({ and: [1], or: [], not: [] }))).toEqual(['two.png', 'one.png']);
      await index.setTag([one], 1, 'remove');
      await index.setTag([one], 1, 'remove');
      expect(await countOfLike()).toBe(1);
      expect(names(await index.searchByTags({ and: [1], or: [], not: [] }))).toEqual(['two.png']);
      expect((await index.tagsOf([one, two])).get(two)?.map(({ name }) => name)).toEqual(['like']);
    });

    it('survive a change of the file', async () => {
      const library = temporaryLibrary();
      const path = library.picture('one.png', 'fox', 1);
      const index = await library.open();
      await index.update([library.root]);
      await index.setTag([path], 1, 'add');
      library.picture('one.png', 'hen', 2);
      await index.update([library.root]);
      expect(names(await index.searchByTags({ and: [1], or: [], not: [] }))).toEqual(['one.png']);
    });

    it('refuse a tag and images that do not exist, and then change nothing', async () => {
      const library = temporaryLibrary();
      const path = library.picture('one.png', 'fox');
      const index = await library.open();
      await index.update([library.root]);
      await expect(index.setTag([path], 0, 'add')).rejects.toMatchObject({
        code: 'unknown-tag',
        details: { tagId: 0 },
      });
      await expect(index.setTag([path, '/absent.png'], 1, 'add')).rejects.toMatchObject({
        code: 'not-indexed',
        details: { paths: ['/absent.png'] },
      });
      expect(await index.tagsOf([path])).toEqual(new Map());
    });
  });

  describe('extra paths', () => {
    it('gather the types that they are given, and go with the last', async () => {
      const index = await temporaryLibrary().open();
      await index.addExtraPath('/photos', ['walk']);
      await index.addExtraPath('/photos', ['scanned', 'walk']);
      expect(await index.extraPaths()).toEqual([{ path: '/photos', types: ['scanned', 'walk'], alias: '' }]);
      await index.removeExtraPath('/photos', ['walk', 'scanned-fixed']);
      expect(await index.extraPaths()).toEqual([{ path: '/photos', types: ['scanned'], alias: '' }]);
      await index.removeExtraPath('/photos', ['scanned']);
      expect(await index.extraPaths()).toEqual([]);
    });

    it('and known folders that changed are reported as expired, absent ones are not', async () => {
      const library = temporaryLibrary();
      library.picture('one.png', 'fox');
      const index = await library.open();
      await index.update([library.root]);
      await index.addExtraPath('/absent-folder', ['scanned']);
      expect((await index.basicInfo()).expiredFolders).toEqual([]);
      await index.addExtraPath(library.base, ['scanned']);
      library.picture('two.png', 'fox', 1, 2);
      expect((await index.basicInfo()).expiredFolders).toEqual([library.root, library.base]);
    });

    it('a folder whose time changed without its pictures is not expired after an update', async () => {
      const library = temporaryLibrary();
      library.picture('one.png', 'fox');
      const index = await library.open();
      await index.update([library.root]);
      writeFileSync(library.at('notes.html'), 'x');
      expect((await index.basicInfo()).expiredFolders).toEqual([library.root]);
      await index.update([library.root]);
      expect((await index.basicInfo()).expiredFolders).toEqual([]);
    });
  });
}

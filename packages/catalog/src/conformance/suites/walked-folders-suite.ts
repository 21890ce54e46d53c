import { renameSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ConformanceTools } from '../conformance-tools.ts';
import { names } from '../library/names.ts';

/** Which folders an update looks into, and what it makes of those that are not there. */
export function walkedFoldersSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('an update', () => {
    it('forgets nothing under a root that is not there', async () => {
      const library = temporaryLibrary();
      library.picture('a/one.png', 'fox');
      const index = await library.open();
      await index.update([library.root]);
      renameSync(library.root, join(library.base, 'unplugged'));
      expect(await index.update([library.root])).toMatchObject({ removed: 0, unavailable: [library.root] });
      expect((await index.basicInfo()).imageCount).toBe(1);
    });

    it('takes an empty root for an unplugged drive', async () => {
      const library = temporaryLibrary();
      library.picture('a/one.png', 'fox');
      const index = await library.open();
      await index.update([library.root]);
      renameSync(library.at('a'), `${library.base}/elsewhere`);
      expect(await index.update([library.root])).toMatchObject({ removed: 0, unavailable: [library.root] });
      renameSync(`${library.base}/elsewhere`, library.at('a'));
      expect(await index.update([library.root])).toMatchObject({ unchanged: 1, removed: 0, unavailable: [] });
    });

    it('survives links that lead in circles, and lists each folder once under its real path', async () => {
      const library = temporaryLibrary();
      library.picture('z/one.png', 'fox');
      symlinkSync(library.root, library.at('z/circle'));
      symlinkSync(library.at('z'), library.at('a'));
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
      expect((await index.searchBySubstring({})).items.map(({ path }) => path)).toEqual([
        library.at('z/one.png'),
      ]);
    });

    it('lists what links in a root lead to once, and follows none that leads out', async () => {
      const library = temporaryLibrary();
      const outside = temporaryLibrary();
      outside.picture('private/secret.png', 'fox');
      library.picture('a/one.png', 'fox');
      symlinkSync(outside.at('private/secret.png'), library.at('secret.png'));
      symlinkSync(outside.at('private'), library.at('private'));
      symlinkSync(library.at('a/one.png'), library.at('same.png'));
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
      expect(names(await index.searchBySubstring({}))).toEqual(['one.png']);
      expect(await index.update([library.root, outside.root])).toMatchObject({ added: 1 });
    });

    it('leaves caches out: what is tagged as one, and that of IIB', async () => {
      const library = temporaryLibrary();
      library.picture('thumbnails/entries/one.png', 'fox');
      writeFileSync(library.at('thumbnails/CACHEDIR.TAG'), 'Signature: 8a477f597d28d172789f06886806bc55');
      library.picture('iib_cache/one.png', 'fox');
      library.picture('shown/one.png', 'fox');
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
    });

    it.each([
      '@eaDir/one.png',
      '#recycle/one.png',
      '$Recycle.Bin/S-1-5-21/one.png',
      '@Recycle/one.png',
      'System Volume Information/one.png',
      'a/__MACOSX/one.png',
      'lost+found/one.png',
    ])('leaves %s of a system out', async (name) => {
      const library = temporaryLibrary();
      library.picture(name, 'fox');
      library.picture('shown/one.png', 'fox');
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
    });

    it('leaves out what is marked to have no media, but no folder of the library itself', async () => {
      const library = temporaryLibrary();
      library.picture('a/deep/one.png', 'fox');
      library.picture('shown/one.png', 'fox');
      writeFileSync(library.at('a/.nomedia'), '');
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
      expect(await index.update([library.root, library.at('a')])).toMatchObject({ added: 1 });
    });

    it('leaves hidden folders out', async () => {
      const library = temporaryLibrary();
      library.picture('.hidden/one.png', 'fox');
      library.picture('shown/one.png', 'fox');
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
    });

    it('leaves out what is excluded', async () => {
      const library = temporaryLibrary();
      library.picture('drafts/one.png', 'fox', 1, 1);
      library.picture('a/two.tmp.png', 'fox', 1, 2);
      library.picture('a/three.png', 'fox', 1, 3);
      const index = await library.open({ exclude: ['**/drafts/**', '*.tmp.png'] });
      await index.update([library.root]);
      expect(names(await index.searchBySubstring({}))).toEqual(['three.png']);
    });
  });
}

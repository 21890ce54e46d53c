import { existsSync, mkdirSync, renameSync, utimesSync, writeFileSync } from 'node:fs';
import { spellPath, systemPath } from '../../text/system-path.ts';
import type { ConformanceTools } from '../conformance-tools.ts';
import { buildPng } from '../library/build-png.ts';

/** Names of files are kept as they are, whatever is in them. */
export function fileNamesSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('an update', () => {
    it('keeps hostile names as they are', async () => {
      const library = temporaryLibrary();
      const hostile = [
        'line\nbreak.png',
        `quote'"\\.png`,
        '🦊 лиса.png',
        `${'é'.repeat(125)}.png`,
        '%_.png',
        '-- ; DROP.png',
        'private \u{10fe81}.png',
      ];
      for (const [shade, name] of hostile.entries()) library.picture(name, 'fox', shade, shade);
      const paths = hostile.map((name) => spellPath(Buffer.from(library.at(name))));
      const index = await library.open();
      const { added, failed } = await index.update([library.root]);
      expect([added, failed]).toEqual([hostile.length, []]);
      await index.setTag(paths, 1, 'add');
      expect([...(await index.tagsOf(paths)).keys()]).toEqual(paths);
      for (const path of paths) {
        const text = path.slice(library.root.length + 1);
        const page = await index.searchBySubstring({ text, pathOnly: true });
        expect(page.items.map((image) => image.path)).toEqual([path]);
        expect(existsSync(systemPath(path))).toBe(true);
      }
      expect(await index.update([library.root])).toMatchObject({ unchanged: hostile.length, added: 0 });
    });

    it.runIf(process.platform === 'linux')('keeps names that are not UTF-8', async () => {
      const library = temporaryLibrary();
      const bytes = (name: string): Buffer =>
        Buffer.concat([Buffer.from(`${library.root}/`), Buffer.from(name, 'latin1')]);
      library.picture('plain.png', 'a hen', 1, 1);
      mkdirSync(bytes('d\xe9'));
      for (const [at, name] of ['a-\xff.png', 'a-\xfe.png', 'd\xe9/caf\xe9.png'].entries()) {
        writeFileSync(bytes(name), buildPng('a hen', { shade: at + 2 }));
        utimesSync(bytes(name), at + 2, at + 2);
      }
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 4, failed: [] });
      const { items } = await index.searchBySubstring({ text: 'hen' });
      const found = items.map(({ path }) => Buffer.from(systemPath(path)).toString('latin1'));
      expect(found.map((path) => path.slice(library.root.length + 1))).toEqual([
        'd\xe9/caf\xe9.png',
        'a-\xfe.png',
        'a-\xff.png',
        'plain.png',
      ]);
      const [inFolder = '', file = ''] = items.map(({ path }) => path);
      await index.setTag([inFolder, file], 1, 'add');
      expect([...(await index.tagsOf([inFolder, file])).keys()]).toEqual([inFolder, file]);
      expect((await index.searchBySubstring({ text: 'caf', pathOnly: true })).items).toHaveLength(1);
      expect(await index.update([library.root])).toMatchObject({ unchanged: 4, added: 0, removed: 0 });
      // Known again after a move that the index was not told of, and after one that it was.
      renameSync(systemPath(file), bytes('moved-\xfd.png'));
      expect(await index.update([library.root])).toMatchObject({ moved: 1, added: 0, removed: 0 });
      const moved = spellPath(bytes('moved-\xfd.png'));
      expect((await index.tagsOf([moved])).get(moved)?.map(({ name }) => name)).toEqual(['like']);
      await index.movePaths([{ from: moved, to: library.at('readable.png') }]);
      renameSync(systemPath(moved), library.at('readable.png'));
      expect(await index.update([library.root])).toMatchObject({
        unchanged: 4,
        added: 0,
        removed: 0,
        moved: 0,
      });
      expect((await index.basicInfo()).expiredFolders).toEqual([]);
    });
  });
}

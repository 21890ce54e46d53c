import { renameSync } from 'node:fs';
import { names } from '../library/names.ts';
import { openThree } from '../library/three-pictures.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Files that the program moves keep all that is known of them. */
export function fileMovesSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('paths that the program itself changed', () => {
    it('keep tags when a file or a folder is moved, and the index needs no reading', async () => {
      const { library, index } = await openThree({ temporaryLibrary });
      const inside = library.picture('a/b/deep.png', 'hen', 1_700_000_050, 7);
      await index.update([library.root]);
      await index.setTag([inside], 1, 'add');
      renameSync(library.at('a'), library.at('z'));
      await index.movePaths([{ from: library.at('a'), to: library.at('z') }]);
      const now = library.at('z/b/deep.png');
      expect([...(await index.tagsOf([inside, now])).keys()]).toEqual([now]);
      expect(names(await index.searchBySubstring({ text: '/z/b/' }))).toEqual(['deep.png']);
      expect(names(await index.searchBySubstring({ text: '/a/b/' }))).toEqual([]);
      expect(await index.update([library.root])).toMatchObject({
        added: 0,
        changed: 0,
        moved: 0,
        removed: 0,
      });
    });

    it('are forgotten when they were deleted, a folder with all below it', async () => {
      const { library, index, one } = await openThree({ temporaryLibrary });
      library.picture('a/x.png', 'hen', 1, 8);
      library.picture('ab.png', 'hen', 1, 9);
      await index.update([library.root]);
      await index.removePaths([library.at('a'), one]);
      expect(names(await index.searchBySubstring({})).toSorted()).toEqual(['ab.png', 'three.png', 'two.png']);
      expect((await index.basicInfo()).imageCount).toBe(3);
    });

    it('keep a text that the owner wrote through changes of the file', async () => {
      const { library, index, one } = await openThree({ temporaryLibrary });
      await index.setInfotext(one, 'my own words\nSteps: 5, Sampler: DDIM, Seed: 3');
      library.picture('one.png', 'hen', 1_700_000_900, 3);
      await index.update([library.root]);
      expect((await index.infotexts([one])).get(one)).toBe('my own words\nSteps: 5, Sampler: DDIM, Seed: 3');
      expect(names(await index.searchBySubstring({ text: 'own words' }))).toEqual(['one.png']);
    });
  });
}

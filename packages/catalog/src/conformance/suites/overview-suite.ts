import { names } from '../library/names.ts';
import { openThree } from '../library/three-pictures.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Counts, statistics and completions. */
export function overviewSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('the library at a glance', () => {
    it('gives images by id, and counts roots that were never indexed as expired', async () => {
      const { library, index, one } = await openThree({ temporaryLibrary });
      const id = (await index.images([one])).get(one)?.id ?? 0;
      expect([...(await index.imagesById([id, 987_654])).entries()]).toEqual([
        [id, expect.objectContaining({ id, path: one })],
      ]);
      const roots = [library.root, library.base, '/not-there'];
      expect((await index.basicInfo()).expiredFolders).toEqual([]);
      expect((await index.basicInfo({ roots })).expiredFolders).toEqual([library.base]);
    });

    it('is counted by day, month and what made it', async () => {
      const { index } = await openThree({ temporaryLibrary });
      const { imageCount, bytes, days, months, models, folders, mediaTypes } = await index.statistics();
      expect(imageCount).toBe(3);
      expect(bytes).toBeGreaterThan(300);
      const date = new Date(1_700_000_000_000);
      const day = `${date.getFullYear()}-${String(date.getMonth() + 1).padStart(2, '0')}-${String(date.getDate()).padStart(2, '0')}`;
      expect(days).toEqual([{ name: day, count: 3 }]);
      expect(months).toEqual([{ name: day.slice(0, 7), count: 3 }]);
      expect(models).toEqual([]);
      expect(folders.map(({ count }) => count).reduce((sum, count) => sum + count)).toBe(3);
      expect(folders.map(({ bytes }) => bytes).reduce((sum, bytes) => sum + bytes)).toBe(bytes);
      expect(folders.map(({ bytes }) => bytes)).toEqual(
        folders.map(({ bytes }) => bytes).toSorted((a, b) => b - a),
      );
      expect(mediaTypes).toEqual([{ name: 'image', count: 3, bytes }]);
    });

    it('gives images by chance, each once, and covers by folder', async () => {
      const { library, index } = await openThree({ temporaryLibrary });
      expect(new Set((await index.randomImages(10)).map(({ id }) => id)).size).toBe(3);
      expect(await index.randomImages(2)).toHaveLength(2);
      for (const count of [1, 2]) {
        const drawn = new Set<number>();
        for (let draw = 0; draw < 50; draw += 1)
          for (const { id } of await index.randomImages(count)) drawn.add(id);
        expect(drawn.size).toBe(3);
      }
      library.picture('a/b/deep.png', 'hen', 1_800_000_000, 7);
      await index.update([library.root]);
      const covers = await index.folderCovers([library.root, library.at('a'), library.at('none')], 2);
      expect([...covers.keys()]).toEqual([library.root, library.at('a')]);
      expect(names({ items: covers.get(library.root) ?? [] })).toEqual(['deep.png', 'three.png']);
    });

    it('finds near-duplicates by perceptual hash', async () => {
      const { index, one, two, three } = await openThree({ temporaryLibrary });
      await index.savePerceptualHashes([
        { path: one, hash: 0xffff_0000_ffff_0000n },
        { path: two, hash: 0xffff_0000_ffff_0007n },
        { path: three, hash: 0x0000_ffff_0000_ffffn },
      ]);
      const hash = await index.perceptualHashOf(one);
      expect(hash).toBe(0xffff_0000_ffff_0000n);
      const near = await index.nearDuplicates(0xffff_0000_ffff_0000n, 3);
      expect(near.map(({ path, distance }) => [path, distance])).toEqual([
        [one, 0],
        [two, 3],
      ]);
      expect(await index.nearDuplicates(0xffff_0000_ffff_0000n, 2)).toHaveLength(1);
    });
  });
}

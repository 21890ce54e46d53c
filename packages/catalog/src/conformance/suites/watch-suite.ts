import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { IndexSummary, WatchOptions } from '../../roles/updates.ts';
import { names } from '../library/names.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Folders are followed as they change. */
export function watchSuite({ describe, it, expect, vi, temporaryLibrary }: ConformanceTools): void {
  async function indexed() {
    const library = temporaryLibrary();
    const one = library.picture('a/one.png', 'fox', 1_700_000_000, 1);
    const index = await library.open();
    await index.update([library.root]);
    return { library, index, one };
  }

  async function watched(options: WatchOptions = {}) {
    const { library, index, one } = await indexed();
    await index.setTag([one], 1, 'add');
    const summaries: IndexSummary[] = [];
    const errors: unknown[] = [];
    const watch = await index.watch([library.root], {
      onUpdate: (summary) => summaries.push(summary),
      onError: (error) => errors.push(error),
      ...options,
    });
    const shows = (expected: readonly string[]) =>
      vi.waitFor(
        async () => expect(names(await index.searchBySubstring({})).toSorted()).toEqual(expected.toSorted()),
        { timeout: 60_000, interval: 50 },
      );
    return { library, index, one, summaries, errors, watch, shows };
  }

  describe.each([
    ['events', {}],
    ['polling', { usePolling: true, pollMs: 100 }],
  ] as const)('a watch by %s', (_, options) => {
    it('follows files that come, change, move and go', async () => {
      const { library, index, one, errors, shows } = await watched(options);
      library.picture('a/two.png', 'hen', 1_700_000_001, 2);
      await shows(['one.png', 'two.png']);
      library.picture('new/deep/three.png', 'owl', 1_700_000_002, 3);
      await shows(['one.png', 'two.png', 'three.png']);
      const moved = library.at('new/moved.png');
      renameSync(one, moved);
      await shows(['moved.png', 'two.png', 'three.png']);
      expect([...(await index.tagsOf([moved])).keys()]).toEqual([moved]);
      library.picture('a/two.png', 'goose', 1_700_000_005, 4);
      await vi.waitFor(
        async () => expect(names(await index.searchBySubstring({ text: 'goose' }))).toEqual(['two.png']),
        60_000,
      );
      rmSync(library.at('a/two.png'));
      await shows(['moved.png', 'three.png']);
      rmSync(library.at('new/deep'), { recursive: true });
      await shows(['moved.png']);
      expect(errors).toEqual([]);
    });
  });

  describe('a watch', () => {
    it('merges a burst into few updates, and leaves hidden folders and other files alone', async () => {
      const { library, summaries, shows } = await watched();
      mkdirSync(library.at('.hidden'));
      writeFileSync(library.at('.hidden/x.png'), 'x');
      const all = ['one.png'];
      for (let number = 0; number < 30; number += 1) {
        library.picture(`b/${number}.png`, 'hen', 1_700_000_000 + number, number);
        all.push(`${number}.png`);
      }
      await shows(all);
      await vi.waitFor(() => expect(summaries.reduce((sum, { added }) => sum + added, 0)).toBe(30), 60_000);
      expect(summaries.length).toBeLessThan(8);
      expect(summaries.flatMap(({ failed }) => failed)).toEqual([]);
    });

    it('mends what events missed', async () => {
      const { library, index, shows } = await watched({ reconcileMs: 300 });
      library.picture('late.png', 'hen', 5, 6);
      await shows(['one.png', 'late.png']);
      expect(names(await index.searchBySubstring({ text: 'hen' }))).toEqual(['late.png']);
    });

    it('ends with the index, and by itself', async () => {
      const { library, index, watch, summaries } = await watched();
      await watch.close();
      library.picture('unseen.png', 'hen', 5, 6);
      await new Promise((resolve) => setTimeout(resolve, 700));
      expect(summaries).toEqual([]);
      await index.watch([library.root]);
      await index.close();
    });
  });
}

import {
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  unlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import type { ConformanceTools } from '../conformance-tools.ts';
import type { ImageIndex } from '../../roles/image-index.ts';
import type { IndexSummary, LinkOptions } from '../../roles/updates.ts';

/** Links in a library: which are followed, and that what several lead to is indexed once. */
export function linksSuite({ describe, it, expect, vi, temporaryLibrary }: ConformanceTools): void {
  /** A library with a link to a folder beside it, which holds two pictures. */
  async function linked() {
    const library = temporaryLibrary();
    const disk = temporaryLibrary();
    library.picture('own/one.png', 'fox', 1_700_000_000, 1);
    disk.picture('out/two.png', 'hen', 1_700_000_001, 2);
    disk.picture('out/deep/three.png', 'owl', 1_700_000_002, 3);
    symlinkSync(disk.at('out'), library.at('elsewhere'));
    const index = await library.open();
    const linkTargets = [disk.root];
    const update = (options: LinkOptions & { only?: readonly string[] } = { linkTargets }) =>
      index.update([library.root], options);
    const paths = () => pathsIn(index, library.root);
    return { library, disk, index, linkTargets, update, paths };
  }

  const all = ['elsewhere/deep/three.png', 'elsewhere/two.png', 'own/one.png'];

  describe('a link to a folder', () => {
    it.each([
      ['into an allowed folder', (disk: string) => [disk]],
      ['anywhere where all is allowed', () => 'anywhere' as const],
    ])('is followed %s', async (_, targets) => {
      const { library, disk, update, paths } = await linked();
      const linkTargets = targets(disk.root);
      expect(await update({ linkTargets })).toMatchObject({
        added: 3,
        failed: [],
        linkedFolders: [library.at('elsewhere')],
        skippedLinks: [],
      });
      expect(await paths()).toEqual(all);
      expect(await update({ linkTargets })).toMatchObject({ added: 0, unchanged: 3, removed: 0 });
    });

    it('is passed over and told of elsewhere, with what was indexed through it', async () => {
      const { library, disk, update, paths } = await linked();
      const skippedLinks = [{ path: library.at('elsewhere'), reason: 'outside' }];
      expect(await update({ linkTargets: [`${disk.root}-not`] })).toMatchObject({ added: 1, skippedLinks });
      expect(await update({})).toMatchObject({ added: 0, skippedLinks });
      await update();
      expect(await update({})).toMatchObject({ removed: 2, skippedLinks, linkedFolders: [] });
      expect(await paths()).toEqual(['own/one.png']);
    });

    it('leads to each file once, however many there are and in whatever circles', async () => {
      const { library, disk, update, paths } = await linked();
      symlinkSync(disk.at('out'), library.at('again'));
      symlinkSync(disk.at('out/deep'), library.at('z-deep'));
      symlinkSync(library.root, library.at('own/circle'));
      symlinkSync(library.at('own'), library.at('own-again'));
      symlinkSync(disk.at('out'), disk.at('out/circle'));
      symlinkSync(library.root, disk.at('out/back'));
      expect(await update()).toMatchObject({ added: 3, skippedLinks: [] });
      expect(await paths()).toEqual(['again/deep/three.png', 'again/two.png', 'own/one.png']);
      expect(await update()).toMatchObject({ added: 0, changed: 0, moved: 0, removed: 0 });
    });

    it('leads to what is hidden in the library by its own name', async () => {
      const { library, update, paths } = await linked();
      library.picture('.hidden/four.png', 'cat', 1_700_000_004, 4);
      symlinkSync(library.at('.hidden'), library.at('shown'));
      symlinkSync(library.at('.hidden'), library.at('shown-again'));
      expect(await update({})).toMatchObject({ added: 2 });
      expect(await paths()).toEqual(['own/one.png', 'shown/four.png']);
    });

    it('is left to the update of the folder of the library that it leads into', async () => {
      const { library, disk, index, paths } = await linked();
      const otherRoots = [disk.at('out')];
      const options = { linkTargets: [disk.root], otherRoots };
      symlinkSync(disk.root, library.at('above'));
      expect(await index.update([library.root], options)).toMatchObject({ added: 1, skippedLinks: [] });
      expect(await index.update(otherRoots, { otherRoots: [library.root] })).toMatchObject({ added: 2 });
      expect(await index.update([library.root, ...otherRoots], { linkTargets: [disk.root] })).toMatchObject({
        added: 0,
        removed: 0,
      });
      expect(await paths()).toEqual(['own/one.png']);
    });

    it('gives its files to their own folder once that is one of the library', async () => {
      const { library, disk, index, update } = await linked();
      await update();
      await index.setRating([library.at('elsewhere/two.png')], 5);
      expect(await index.update([library.root, disk.root])).toMatchObject({ added: 0, moved: 2, removed: 0 });
      const marks = await index.annotationsOf([disk.at('out/two.png')]);
      expect(marks.get(disk.at('out/two.png'))?.rating).toBe(5);
    });

    it.each([
      ['is missing', (out: string) => renameSync(out, `${out}-away`)],
      [
        'is empty',
        (out: string) => {
          renameSync(out, `${out}-away`);
          mkdirSync(out);
        },
      ],
    ])('whose target %s is unavailable, and its images are kept', async (_, takeAway) => {
      const { library, disk, update, paths } = await linked();
      await update();
      takeAway(disk.at('out'));
      expect(await update()).toMatchObject({ removed: 0, unavailable: [library.at('elsewhere')] });
      expect(await paths()).toEqual(all);
      rmSync(disk.at('out'), { recursive: true, force: true });
      renameSync(disk.at('out-away'), disk.at('out'));
      expect(await update()).toMatchObject({ added: 0, removed: 0, unchanged: 3, unavailable: [] });
      unlinkSync(library.at('elsewhere'));
      expect(await update()).toMatchObject({ removed: 2, unavailable: [] });
    });
  });

  describe('a link to a file', () => {
    it('is followed where it may lead, each file once and by its own path where that is listed', async () => {
      const { library, disk, update, paths } = await linked();
      disk.picture('loose.png', 'dog', 1_700_000_005, 5);
      disk.picture('no-name', 'bat', 1_700_000_006, 6);
      symlinkSync(disk.at('loose.png'), library.at('first.png'));
      symlinkSync(disk.at('loose.png'), library.at('own/second.png'));
      symlinkSync(disk.at('no-name'), library.at('named.png'));
      symlinkSync(library.at('own/one.png'), library.at('same.png'));
      symlinkSync(disk.at('out/two.png'), library.at('also-two.png'));
      expect(await update()).toMatchObject({ added: 5, failed: [] });
      expect(await paths()).toEqual([...all, 'first.png', 'named.png'].toSorted());
      expect(await update()).toMatchObject({ added: 0, removed: 0, unchanged: 5 });
    });

    it('is told of where it may not lead, or leads to nothing', async () => {
      const { library, disk, update } = await linked();
      symlinkSync(disk.at('out/two.png'), library.at('own/out.png'));
      symlinkSync(disk.at('gone.png'), library.at('own/gone.png'));
      writeFileSync(disk.at('out/note.txt'), 'private');
      symlinkSync(disk.at('out/note.txt'), library.at('own/note.txt'));
      expect((await update({})).skippedLinks.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
        { path: library.at('elsewhere'), reason: 'outside' },
        { path: library.at('own/gone.png'), reason: 'missing' },
        { path: library.at('own/out.png'), reason: 'outside' },
      ]);
    });
  });

  describe('an update of some folders', () => {
    it('indexes nothing again that another link leads to', async () => {
      const { library, disk, update, paths, linkTargets } = await linked();
      await update();
      symlinkSync(disk.at('out'), library.at('own/again'));
      symlinkSync(disk.at('out/two.png'), library.at('own/also-two.png'));
      symlinkSync(library.at('own/one.png'), library.at('own/same.png'));
      symlinkSync(library.at('own'), library.at('own/circle'));
      expect(await update({ linkTargets, only: [library.at('own')] })).toMatchObject({
        added: 0,
        removed: 0,
      });
      expect(await update()).toMatchObject({ added: 0, removed: 0 });
      expect(await paths()).toEqual(all);
    });

    it('finds what came into a linked folder, and a link that is new or leads elsewhere now', async () => {
      const { library, disk, update, paths, linkTargets } = await linked();
      await update();
      disk.picture('out/four.png', 'cat', 1_700_000_004, 4);
      expect(await update({ linkTargets, only: [library.at('elsewhere')] })).toMatchObject({ added: 1 });
      disk.picture('other/five.png', 'dog', 1_700_000_005, 5);
      utimesSync(disk.at('other'), 1_600_000_000, 1_600_000_000);
      symlinkSync(disk.at('other'), library.at('new'));
      expect(await update({ linkTargets, only: [library.root] })).toMatchObject({ added: 1, removed: 0 });
      unlinkSync(library.at('new'));
      unlinkSync(library.at('elsewhere'));
      symlinkSync(disk.at('other'), library.at('elsewhere'));
      expect(await update({ linkTargets, only: [library.root] })).toMatchObject({ moved: 1, removed: 3 });
      expect(await paths()).toEqual(['elsewhere/five.png', 'own/one.png']);
    });
  });

  describe('a watch', () => {
    it.each([
      ['events', {}],
      ['polling', { usePolling: true, pollMs: 100 }],
    ])('by %s follows what links lead to', async (_, options) => {
      const { library, disk, index, update, paths, linkTargets } = await linked();
      await update();
      const summaries: IndexSummary[] = [];
      const onUpdate = (summary: IndexSummary) => void summaries.push(summary);
      await index.watch([library.root], { ...options, linkTargets, onUpdate });
      const shows = (expected: readonly string[]) =>
        vi.waitFor(async () => expect(await paths()).toEqual(expected), { timeout: 60_000, interval: 50 });
      // Links are followed once the folders themselves are.
      await new Promise((resolve) => setTimeout(resolve, 300));
      disk.picture('out/deep/four.png', 'cat', 1_700_000_004, 4);
      await shows(['elsewhere/deep/four.png', ...all]);
      disk.picture('other/five.png', 'dog', 1_700_000_005, 5);
      symlinkSync(disk.at('other'), library.at('own/new'));
      await shows(['elsewhere/deep/four.png', ...all.slice(0, 2), 'own/new/five.png', 'own/one.png']);
      await new Promise((resolve) => setTimeout(resolve, 300));
      rmSync(disk.at('out/deep'), { recursive: true });
      disk.picture('other/six.png', 'elk', 1_700_000_006, 6);
      await shows(['elsewhere/two.png', 'own/new/five.png', 'own/new/six.png', 'own/one.png']);
      expect(readdirSync(library.root).toSorted()).toEqual(['elsewhere', 'own']);
    });
  });
}

/** What is indexed in a folder, by the path in it. */
async function pathsIn(index: ImageIndex, root: string): Promise<string[]> {
  const { items } = await index.search({ folders: [root] });
  return items.map(({ path }) => path.slice(root.length + 1)).toSorted();
}

import { appendFileSync, chmodSync, mkdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { names } from '../library/names.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** What an update finds, reads and forgets. */
export function updateSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('update', () => {
    it('adds every picture below the roots with its size, time and text', async () => {
      const library = temporaryLibrary();
      const path = library.picture('a/one.png', 'a red fox\nSteps: 20', 1_700_000_000.25);
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({
        added: 1,
        changed: 0,
        removed: 0,
        failed: [],
      });
      const image = (await index.images([path])).get(path);
      expect(image).toMatchObject({
        path,
        modifiedTime: 1_700_000_000.25,
        mediaType: 'image',
        width: 8,
        height: 8,
      });
      expect(await index.infotexts([path, '/absent.png'])).toEqual(new Map([[path, 'a red fox\nSteps: 20']]));
    });

    it('finds nothing to do when nothing changed', async () => {
      const library = temporaryLibrary();
      library.picture('one.png', 'x');
      library.picture('two.png', 'y');
      const index = await library.open();
      await index.update([library.root]);
      expect(await index.update([library.root])).toMatchObject({
        added: 0,
        changed: 0,
        moved: 0,
        removed: 0,
        unchanged: 2,
      });
    });

    it('reads everything again when asked to, and leaves what the owner gave', async () => {
      const library = temporaryLibrary();
      const [one, two] = [library.picture('one.png', 'first'), library.picture('two.png', 'second')];
      const index = await library.open();
      await index.update([library.root]);
      await index.setTag([one], 1, 'add');
      await index.setInfotext(two, 'own words');
      expect(await index.update([library.root], { reread: true })).toMatchObject({
        added: 0,
        changed: 2,
        unchanged: 0,
      });
      expect([...(await index.tagsOf([one, two])).keys()]).toEqual([one]);
      expect([...(await index.infotexts([one, two])).values()]).toEqual(['first', 'own words']);
    });

    it('notices a file changed in place within the same second', async () => {
      const library = temporaryLibrary();
      const path = library.picture('one.png', 'first', 1_700_000_000.1);
      const index = await library.open();
      await index.update([library.root]);
      library.picture('one.png', 'other', 1_700_000_000.2);
      expect(await index.update([library.root])).toMatchObject({ changed: 1, added: 0 });
      expect((await index.infotexts([path])).get(path)).toBe('other');
      expect(names(await index.searchBySubstring({ text: 'first' }))).toEqual([]);
      expect(names(await index.searchBySubstring({ text: 'other' }))).toEqual(['one.png']);
    });

    it('notices a file whose clock went back', async () => {
      const library = temporaryLibrary();
      const path = library.picture('one.png', 'same', 1_700_000_000);
      const index = await library.open();
      await index.update([library.root]);
      utimesSync(path, 1_600_000_000, 1_600_000_000);
      expect(await index.update([library.root])).toMatchObject({ changed: 1 });
      expect((await index.images([path])).get(path)?.modifiedTime).toBe(1_600_000_000);
    });

    it('keeps the custom tags of a file that was renamed outside', async () => {
      const library = temporaryLibrary();
      const before = library.picture('a/one.png', 'text', 1_700_000_000, 1);
      library.picture('a/two.png', 'text', 1_700_000_000, 2);
      const index = await library.open();
      await index.update([library.root]);
      const tag = await index.createTag('keep');
      await index.setTag([before], tag.id, 'add');
      const after = library.at('b/renamed.png');
      mkdirSync(library.at('b'));
      renameSync(before, after);
      expect(await index.update([library.root])).toMatchObject({ moved: 1, added: 0, removed: 0 });
      expect([...(await index.tagsOf([before, after])).keys()]).toEqual([after]);
      expect(names(await index.searchByTags({ and: [tag.id], or: [], not: [] }))).toEqual(['renamed.png']);
    });

    it('takes a copy for a new image without tags', async () => {
      const library = temporaryLibrary();
      const original = library.picture('one.png', 'text');
      const index = await library.open();
      await index.update([library.root]);
      const tag = await index.createTag('keep');
      await index.setTag([original], tag.id, 'add');
      const copy = library.picture('copy.png', 'text');
      expect(await index.update([library.root])).toMatchObject({ added: 1, moved: 0 });
      expect([...(await index.tagsOf([original, copy])).keys()]).toEqual([original]);
    });

    it('forgets a removed file, and lowers the counts of its tags', async () => {
      const library = temporaryLibrary();
      const path = library.picture('one.png', 'fox, river', 1, 1);
      library.picture('two.png', 'fox', 1, 2);
      const index = await library.open();
      await index.update([library.root]);
      rmSync(path);
      expect(await index.update([library.root])).toMatchObject({ removed: 1 });
      const { imageCount, tags } = await index.basicInfo();
      expect(imageCount).toBe(1);
      expect(tags.filter(({ type }) => type === 'pos').map(({ name, count }) => [name, count])).toEqual([
        ['fox', 1],
        ['river', 0],
      ]);
    });

    it('reports a file that is no image and goes on, and tries it again only when it changed', async () => {
      const library = temporaryLibrary();
      library.picture('good.png', 'fox');
      const bad = library.at('bad.png');
      writeFileSync(bad, 'no picture');
      const index = await library.open();
      const first = await index.update([library.root]);
      expect(first).toMatchObject({ added: 1, failed: [{ path: bad, reason: 'not-media' }] });
      expect(await index.update([library.root])).toMatchObject({ added: 0, failed: [] });
      appendFileSync(bad, '!');
      expect(await index.update([library.root])).toMatchObject({ failed: [{ path: bad }] });
      library.picture('bad.png', 'now a picture');
      expect(await index.update([library.root])).toMatchObject({ added: 1, failed: [] });
    });

    it.runIf(process.getuid?.() !== 0)('reads an unreadable file once it may', async () => {
      const library = temporaryLibrary();
      const path = library.picture('one.png', 'fox');
      chmodSync(path, 0);
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ failed: [{ path, reason: 'unreadable' }] });
      chmodSync(path, 0o600);
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
    });

    it('reports progress by stages and stops when told to', async () => {
      const library = temporaryLibrary();
      for (let number = 0; number < 30; number += 1) library.picture(`${number}.png`, 'fox', 1, number);
      const index = await library.open();
      const stages: string[] = [];
      await index.update([library.root], {
        onProgress: ({ stage, done, total }) => stages.push(`${stage} ${done}/${total}`),
      });
      expect(stages).toContain('reading 30/30');
      expect(stages.at(-1)).toBe('finishing 0/0');
      const stopped = index.update([library.root], { signal: AbortSignal.abort(new Error('enough')) });
      await expect(stopped).rejects.toThrow('enough');
    });

    it('runs updates asked for at once one after the other', async () => {
      const library = temporaryLibrary();
      library.picture('one.png', 'fox');
      const index = await library.open();
      const [first, second] = await Promise.all([index.update([library.root]), index.update([library.root])]);
      expect([first.added, second.added, second.unchanged]).toEqual([1, 0, 1]);
    });

    it('reads a picture again when the file that describes it changes', async () => {
      const library = temporaryLibrary();
      library.picture('a/one.png', 'fox');
      const index = await library.open();
      await index.update([library.root]);
      writeFileSync(library.at('a/one.txt'), 'a description');
      expect(await index.update([library.root])).toMatchObject({ changed: 1 });
      expect(await index.update([library.root])).toMatchObject({ changed: 0, unchanged: 1 });
      rmSync(library.at('a/one.txt'));
      expect(await index.update([library.root])).toMatchObject({ changed: 1 });
    });
  });
}

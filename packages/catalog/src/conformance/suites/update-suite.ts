import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { spellPath, systemPath } from '../../text/system-path.ts';
import { buildPng } from '../library/build-png.ts';
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

    it('forgets nothing under a root that is not there', async () => {
      const library = temporaryLibrary();
      library.picture('a/one.png', 'fox');
      const index = await library.open();
      await index.update([library.root]);
      renameSync(library.root, join(library.base, 'unplugged'));
      expect(await index.update([library.root])).toMatchObject({ removed: 0, unavailable: [library.root] });
      expect((await index.basicInfo()).imageCount).toBe(1);
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

    it('follows links to what lies in a root, and none that leads out', async () => {
      const library = temporaryLibrary();
      const outside = temporaryLibrary();
      outside.picture('private/secret.png', 'fox');
      library.picture('a/one.png', 'fox');
      symlinkSync(outside.at('private/secret.png'), library.at('secret.png'));
      symlinkSync(outside.at('private'), library.at('private'));
      symlinkSync(library.at('a/one.png'), library.at('same.png'));
      const index = await library.open();
      expect(await index.update([library.root])).toMatchObject({ added: 2 });
      expect(names(await index.searchBySubstring({})).sort()).toEqual(['one.png', 'same.png']);
      expect(await index.update([library.root, outside.root])).toMatchObject({ added: 2 });
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

    it('leaves hidden folders out', async () => {
      const library = temporaryLibrary();
      library.picture('.hidden/one.png', 'fox');
      library.picture('shown/one.png', 'fox');
      const index = await library.open();
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

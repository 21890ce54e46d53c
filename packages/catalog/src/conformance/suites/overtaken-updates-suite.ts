import { existsSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import type { ConformanceTools } from '../conformance-tools.ts';
import { recordDescriber } from '../library/temporary-library.ts';
import { setTime, writeRecord } from '../library/write-record.ts';

/** What the program does to files while an update reads them is newer than what the update saw. */
export function overtakenUpdatesSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  const gated = 'z-last.png';

  /** Two tagged images in one folder, and what happens while an update has seen all and reads a third one. */
  async function openTwo() {
    const library = temporaryLibrary();
    const [one, two] = [library.at('a/1.png'), library.at('a/2.png')];
    for (const [at, path] of [one, two].entries()) writeRecord(path, { infotext: `fox ${at}` }, { time: at });
    const index = await library.open({ describer: recordDescriber });
    await index.update([library.root]);
    await index.setTag([one, two], 1, 'add');
    const idOf = async (path: string) => (await index.images([path])).get(path)?.id;
    const paths = async () =>
      (await index.searchBySubstring({})).items
        .map(({ path }) => path.slice(library.root.length + 1))
        .filter((name) => name !== gated)
        .toSorted();
    let gates = 0;

    async function during(act: () => unknown): Promise<void> {
      gates += 1;
      const gate = `${library.base}/gate-${gates}`;
      writeRecord(library.at(gated), { infotext: 'slow', gate });
      const update = index.update([library.root]);
      while (!existsSync(`${gate}.reached`)) await setTimeout(2);
      await act();
      writeFileSync(`${gate}.open`, '');
      await update;
    }

    async function move(from: string, to: string): Promise<void> {
      renameSync(from, to);
      await index.movePaths([{ from, to }]);
    }
    return { library, index, one, two, idOf, paths, during, move, id: await idOf(one) };
  }

  describe('paths that are read', () => {
    it('are found at once, whatever update is under way, and stay with what was kept for them', async () => {
      const { library, index, one, paths, during, move } = await openTwo();
      const scope = { roots: [library.root] };
      const trash = library.at('.trash');
      mkdirSync(trash);
      await during(async () => {
        renameSync(one, `${trash}/0`);
        await index.storePaths([{ from: one, to: `${trash}/0` }]);
        renameSync(`${trash}/0`, one);
        await index.returnPaths([{ from: `${trash}/0`, to: one }]);
        writeRecord(library.at('new/deep/3.png'), { infotext: 'fox 3' }, { time: 50 });
        writeRecord(library.at('new/4.png'), { infotext: 'fox 4' }, { time: 1 });
        await index.readPaths([one, library.at('new')], scope);
        expect(await paths()).toEqual(['a/1.png', 'a/2.png', 'new/4.png', 'new/deep/3.png']);
        expect([...(await index.tagsOf([one])).keys()]).toEqual([one]);
        expect((await index.infotexts([one])).get(one)).toBe('fox 0');
        await move(library.at('new/4.png'), library.at('5.png'));
        await index.readPaths([library.at('5.png')], scope);
      });
      const now = ['5.png', 'a/1.png', 'a/2.png', 'new/deep/3.png'];
      expect(await paths()).toEqual(now);
      expect(await index.update([library.root])).toMatchObject({
        added: 0,
        changed: 0,
        moved: 0,
        removed: 0,
      });
      expect(await paths()).toEqual(now);
      expect(await index.checkIntegrity()).toEqual([]);
    });

    it('are those that an update comes by, and only what is new or changed of them', async () => {
      const { library, index, one, two, paths } = await openTwo();
      writeRecord(two, { infotext: 'hen' }, { time: 9 });
      for (const name of ['.hidden/1.png', 'iib_cache/2.png', 'marked/3.png', 'no.html'])
        writeRecord(library.at(name), { infotext: name });
      writeFileSync(library.at('marked/.nomedia'), '');
      writeFileSync(`${library.base}/outside.png`, '{}');
      symlinkSync(two, library.at('link.png'));
      const before = (await index.images([one])).get(one);
      const named = [
        '.hidden',
        '.hidden/1.png',
        'iib_cache',
        'marked/3.png',
        'marked',
        'no.html',
        'absent.png',
        'link.png',
      ];
      await index.readPaths(
        [...named.map((name) => library.at(name)), `${library.base}/outside.png`, one, two],
        { roots: [library.root] },
      );
      expect(await paths()).toEqual(['a/1.png', 'a/2.png']);
      expect((await index.infotexts([two])).get(two)).toBe('hen');
      expect((await index.images([one])).get(one)).toEqual(before);
      expect(await index.update([library.root])).toMatchObject({ added: 0, changed: 0, removed: 0 });
    });

    it('may be of damaged files, of which the next update tells', async () => {
      const { library, index, paths } = await openTwo();
      writeFileSync(library.at('bad.png'), 'no record');
      writeRecord(library.at('good.png'), { infotext: 'fox 7' });
      await index.readPaths([library.at('bad.png'), library.at('good.png')], { roots: [library.root] });
      expect(await paths()).toEqual(['a/1.png', 'a/2.png', 'good.png']);
      await index.close();
      await expect(index.readPaths([], { roots: [library.root] })).rejects.toMatchObject({ code: 'closed' });
    });
  });

  describe('an image', () => {
    it('that was moved after it was read again is not moved back, nor found twice', async () => {
      const { library, index, one, id, idOf, paths, during, move } = await openTwo();
      setTime(one, 100);
      const moved = library.at('1.png');
      await during(() => move(one, moved));
      expect(await paths()).toEqual(['1.png', 'a/2.png']);
      expect(await idOf(moved)).toBe(id);
      expect([...(await index.tagsOf([moved])).keys()]).toEqual([moved]);
      expect(await index.update([library.root])).toMatchObject({ added: 0, removed: 0 });
    });

    it('that was moved with its folder is neither gone nor found twice', async () => {
      const { library, index, one, id, idOf, paths, during, move } = await openTwo();
      setTime(one, 100);
      await during(() => move(library.at('a'), library.at('b')));
      expect(await paths()).toEqual(['b/1.png', 'b/2.png']);
      expect(await idOf(library.at('b/1.png'))).toBe(id);
      await index.update([library.root]);
      expect(await paths()).toEqual(['b/1.png', 'b/2.png']);
      expect([...(await index.tagsOf([library.at('b/1.png'), library.at('b/2.png')])).keys()]).toHaveLength(
        2,
      );
    });

    it('that the update did not find, and that was moved before the update was over, is not gone', async () => {
      const { library, index, one, id, idOf, paths, during } = await openTwo();
      const moved = library.at('1.png');
      const away = `${library.base}/1.png`;
      renameSync(one, away);
      await during(async () => {
        renameSync(away, moved);
        await index.movePaths([{ from: one, to: moved }]);
      });
      expect(await paths()).toEqual(['1.png', 'a/2.png']);
      expect(await idOf(moved)).toBe(id);
      expect([...(await index.tagsOf([moved])).keys()]).toEqual([moved]);
    });

    it('that was removed after it was read again is not found again', async () => {
      const { library, index, one, two, paths, during } = await openTwo();
      for (const path of [one, two]) setTime(path, 100);
      writeRecord(library.at('a/3.png'), { infotext: 'new' });
      await during(async () => {
        rmSync(library.at('a'), { recursive: true });
        await index.removePaths([library.at('a')]);
      });
      expect(await paths()).toEqual([]);
    });

    it('that was removed and is there again is found by the next update', async () => {
      const { library, index, one, paths, during } = await openTwo();
      setTime(one, 100);
      await during(() => index.removePaths([one]));
      await index.update([library.root]);
      expect(await paths()).toEqual(['a/1.png', 'a/2.png']);
    });
  });

  describe('what is reserved', () => {
    it('stays while it is not found, with all below it, until it is released as often', async () => {
      const { library, index, one, two, paths } = await openTwo();
      writeRecord(library.at('other.png'), {});
      await index.saveEmbeddings('m', [{ path: one, textHash: 'h', vector: Float32Array.of(1, 2) }]);
      await index.reservePaths([`${library.at('a')}/`, one]);
      await index.reservePaths([one]);
      const away = `${library.base}/away`;
      renameSync(library.at('a'), away);
      await index.update([library.root]);
      expect(await paths()).toEqual(['a/1.png', 'a/2.png', 'other.png']);
      await index.releasePaths([library.at('a'), one]);
      await index.update([library.root]);
      expect(await paths()).toEqual(['a/1.png', 'other.png']);
      renameSync(away, library.at('b'));
      await index.movePaths([{ from: one, to: library.at('b/1.png') }]);
      await index.releasePaths([one]);
      expect((await index.embeddingOf('m', library.at('b/1.png')))?.textHash).toBe('h');
      await index.update([library.root]);
      expect(await paths()).toEqual(['b/1.png', 'b/2.png', 'other.png']);
      expect([...(await index.tagsOf([library.at('b/2.png')])).keys()]).toHaveLength(1);
      expect(await index.tagsOf([two])).toEqual(new Map());
    });

    it('is looked for again by the next update, should it be gone after all', async () => {
      const { library, index, one, paths } = await openTwo();
      await index.reservePaths([one]);
      rmSync(one);
      await index.update([library.root]);
      await index.releasePaths([one]);
      expect(await paths()).toEqual(['a/1.png', 'a/2.png']);
      expect(await index.update([library.root])).toMatchObject({ removed: 1 });
      expect(await paths()).toEqual(['a/2.png']);
    });
  });
}

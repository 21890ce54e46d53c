import { renameSync, rmSync } from 'node:fs';
import type { IndexChange } from '../../roles/changes.ts';
import type { PathChange } from '../../roles/file-moves.ts';
import type { ImageIndex } from '../../roles/image-index.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Listeners are called after each write with what changed. */
export function changesSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  /** What the index tells from now on, kind by kind as it comes. */
  function follow(index: ImageIndex): { told: IndexChange[]; take: () => IndexChange[]; stop: () => void } {
    const told: IndexChange[] = [];
    const stop = index.subscribe((change) => told.push(change));
    return { told, take: () => told.splice(0), stop };
  }

  const images = (change: {
    added?: string[];
    changed?: string[];
    removed?: string[];
    moved?: PathChange[];
  }): IndexChange => ({ kind: 'images', added: [], changed: [], removed: [], moved: [], ...change });

  describe('whoever subscribes', () => {
    it('is told what an update adds, changes, moves and removes, before the update is over', async () => {
      const library = temporaryLibrary();
      const index = await library.open();
      const one = library.picture('1.png', 'fox', 1, 1);
      const two = library.picture('2.png', 'hen', 2, 2);
      const three = library.picture('3.png', 'owl', 3, 3);
      const { take } = follow(index);
      await index.update([library.root]);
      expect(take()).toEqual([images({ added: [one, two, three] })]);
      library.picture('1.png', 'wolf', 10, 1);
      renameSync(two, library.at('4.png'));
      rmSync(three);
      await index.update([library.root]);
      expect(take()).toEqual([
        images({ moved: [{ from: two, to: library.at('4.png') }] }),
        images({ changed: [one] }),
        images({ removed: [three] }),
      ]);
      await index.update([library.root]);
      expect(take()).toEqual([]);
    });

    it('is told what the program itself moves, removes and writes', async () => {
      const library = temporaryLibrary();
      const index = await library.open();
      const [a, b, c] = ['d/a.png', 'd/b.png', 'e/a.png'].map((name, at) =>
        library.picture(name, 'fox', at, at),
      );
      await index.update([library.root]);
      const { take } = follow(index);
      await index.setInfotext(b ?? '', 'a red fox');
      expect(take()).toEqual([images({ changed: [b ?? ''] })]);
      // The image that was there is replaced, which the move says by itself.
      await index.movePaths([{ from: library.at('d'), to: library.at('e') }]);
      const moved = [
        { from: a ?? '', to: c ?? '' },
        { from: b ?? '', to: library.at('e/b.png') },
      ];
      expect(take()).toEqual([images({ moved })]);
      await index.removePaths([library.at('e')]);
      expect(take()).toEqual([images({ removed: [c ?? '', library.at('e/b.png')] })]);
    });

    it('is told of tags, ratings and notes that changed, and of nothing else', async () => {
      const library = temporaryLibrary();
      const index = await library.open();
      const path = library.picture('1.png', 'fox');
      await index.update([library.root]);
      const { take } = follow(index);
      const { id } = await index.createTag('a');
      const other = await index.createTag('b');
      await index.createTag('a');
      expect(take()).toEqual([
        { kind: 'tags', tagIds: [id] },
        { kind: 'tags', tagIds: [other.id] },
      ]);
      await index.setTag([path], id, 'add');
      await index.setTag([path], id, 'add');
      await expect(index.setTag([path, '/not/there.png'], other.id, 'add')).rejects.toMatchObject({
        code: 'not-indexed',
      });
      expect(take()).toEqual([{ kind: 'tags', paths: [path], tagIds: [id] }]);
      await index.updateTag(id, { color: 'red' });
      await index.mergeTags(id, other.id);
      await index.removeTag(other.id);
      expect(take()).toEqual([
        { kind: 'tags', tagIds: [id] },
        { kind: 'tags', tagIds: [id, other.id] },
        { kind: 'tags', tagIds: [other.id] },
      ]);
      await index.setRating([path], 4);
      await index.setNote(path, 'good');
      await index.setSetting('x', 1);
      expect(take()).toEqual([
        { kind: 'annotations', paths: [path] },
        { kind: 'annotations', paths: [path] },
      ]);
      await index.importAnnotations([
        JSON.stringify({ path, bytes: 1, rating: 5, note: '', tags: ['c'] } satisfies object),
      ]);
      const [tag] = (await index.tagsOf([path])).get(path) ?? [];
      expect(take()).toEqual([
        { kind: 'tags', paths: [path], tagIds: [tag?.id] },
        { kind: 'annotations', paths: [path] },
      ]);
      await index.setAutoTagRules([
        { tagId: 1, match: 'all', conditions: [{ field: 'text', operator: 'contains', value: 'fox' }] },
      ]);
      expect(take()).toEqual([{ kind: 'tags', paths: [path], tagIds: [1] }]);
    });

    it('gets a thousand paths at a time', async () => {
      const library = temporaryLibrary();
      const index = await library.open();
      for (let number = 0; number < 1201; number += 1) library.picture(`${number}.png`, 'fox', number, 1);
      await index.update([library.root]);
      const { take } = follow(index);
      await index.removePaths([library.root]);
      const counts = take().map((change) => (change.kind === 'images' ? change.removed.length : -1));
      expect(counts).toEqual([1000, 201]);
    });

    it('hears nothing any more once it has left, and nothing keeps the others from hearing', async () => {
      const library = temporaryLibrary();
      const index = await library.open();
      const [first, second] = [follow(index), follow(index)];
      await index.createTag('a');
      first.stop();
      await index.createTag('b');
      second.stop();
      second.stop();
      await index.createTag('c');
      expect([first.told.length, second.told.length]).toEqual([1, 2]);
      const third = follow(index);
      await index.createTag('d');
      expect(third.told).toHaveLength(1);
      await index.close();
      expect(() => index.subscribe(() => {})).toThrow(expect.objectContaining({ code: 'closed' }));
    });

    it('is told what a watch finds, though nobody asks for its summaries', async () => {
      const library = temporaryLibrary();
      const index = await library.open();
      await index.update([library.root]);
      const told = new Promise((resolve) => {
        index.subscribe(resolve);
      });
      const watch = await index.watch([library.root]);
      const path = library.picture('new.png', 'fox');
      expect(await told).toEqual(images({ added: [path] }));
      await watch.close();
    });
  });
}

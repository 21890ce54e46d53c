import { copyFileSync, mkdirSync, renameSync } from 'node:fs';
import { dirname } from 'node:path';
import { names } from '../library/names.ts';
import { openThree } from '../library/three-pictures.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Ratings and notes stay with an image and its content. */
export function annotationsSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('ratings and notes', () => {
    it('are kept, changed and taken away', async () => {
      const { index, one, two } = await openThree({ temporaryLibrary });
      await index.setRating([one, two], 4);
      await index.setNote(one, 'the first');
      expect(await index.annotationsOf([one, two])).toEqual(
        new Map([
          [one, { rating: 4, note: 'the first' }],
          [two, { rating: 4, note: '' }],
        ]),
      );
      await index.setRating([one, two], 0);
      expect(await index.annotationsOf([one, two])).toEqual(
        new Map([[one, { rating: 0, note: 'the first' }]]),
      );
      await expect(index.setRating([one], 6)).rejects.toThrow(RangeError);
      await expect(index.setRating(['/absent.png'], 1)).rejects.toMatchObject({ code: 'not-indexed' });
    });

    it('come back with a file that was gone over an update', async () => {
      const { library, index, one, found } = await openThree({ temporaryLibrary });
      const tag = (await index.createTag('kept')).id;
      await index.setTag([one], tag, 'add');
      await index.setRating([one], 5);
      await index.setNote(one, 'note');
      const away = `${library.base}/away.png`;
      renameSync(one, away);
      expect(await index.update([library.root])).toMatchObject({ removed: 1 });
      expect(await found(tag)).toEqual([]);
      mkdirSync(library.at('new'));
      const back = library.at('new/other-name.png');
      renameSync(away, back);
      expect(await index.update([library.root])).toMatchObject({ added: 1 });
      expect(await found(tag)).toEqual(['other-name.png']);
      expect(await index.annotationsOf([back])).toEqual(new Map([[back, { rating: 5, note: 'note' }]]));
    });

    it('come back to each of equal files by its path', async () => {
      const { library, index, one } = await openThree({ temporaryLibrary });
      const copy = library.at('copy.png');
      copyFileSync(one, copy);
      await index.update([library.root]);
      await index.setRating([one], 4);
      await index.setRating([copy], 2);
      const away = library.at('.away');
      mkdirSync(away);
      for (const name of ['one.png', 'copy.png']) renameSync(library.at(name), `${away}/${name}`);
      await index.removePaths([one, copy]);
      for (const name of ['one.png', 'copy.png']) renameSync(`${away}/${name}`, library.at(name));
      await index.update([library.root], { only: [library.root] });
      expect(await index.annotationsOf([one, copy])).toEqual(
        new Map([
          [one, { rating: 4, note: '' }],
          [copy, { rating: 2, note: '' }],
        ]),
      );
    });

    it('wait for what was stored elsewhere, by whatever name it comes back, and are not for a copy', async () => {
      const { library, index, one } = await openThree({ temporaryLibrary });
      const deep = library.picture('deep/four.png', 'the fourth');
      await index.update([library.root]);
      await index.setNote(one, 'note of one');
      await index.setNote(deep, 'note of four');
      const trash = library.at('.trash');
      mkdirSync(trash);
      copyFileSync(one, library.at('copy.png'));
      renameSync(one, `${trash}/0`);
      renameSync(library.at('deep'), `${trash}/1`);
      await index.storePaths([
        { from: one, to: `${trash}/0` },
        { from: library.at('deep'), to: `${trash}/1` },
      ]);
      await index.update([library.root]);
      expect(await index.annotationsOf([library.at('copy.png')])).toEqual(new Map());
      renameSync(`${trash}/0`, library.at('renamed.png'));
      renameSync(`${trash}/1`, library.at('deep'));
      await index.returnPaths([
        { from: `${trash}/0`, to: library.at('renamed.png') },
        { from: `${trash}/1`, to: library.at('deep') },
      ]);
      await index.update([library.root]);
      const back = [library.at('renamed.png'), library.at('copy.png'), deep];
      const notes = [...(await index.annotationsOf(back))].map(([path, { note }]) => [path, note]);
      expect(new Map(notes as [string, string][])).toEqual(
        new Map([
          [library.at('renamed.png'), 'note of one'],
          [deep, 'note of four'],
        ]),
      );
    });

    it('are forgotten with what was stored and is deleted for good, and with nothing else', async () => {
      const { library, index, one, two } = await openThree({ temporaryLibrary });
      const trash = library.at('.trash');
      mkdirSync(trash);
      const stored = [one, two].map((from, at) => ({ from, to: `${trash}/${at}/picture.png` }));
      for (const { from, to } of stored) {
        await index.setRating([from], 3);
        mkdirSync(dirname(to));
        renameSync(from, to);
      }
      await index.storePaths(stored);
      await index.forgetStored([`${trash}/0`]);
      const back = stored.map(({ from, to }) => ({ from: to, to: from }));
      for (const { from, to } of back) renameSync(from, to);
      await index.returnPaths(back);
      await index.update([library.root]);
      expect(await index.annotationsOf([one, two])).toEqual(new Map([[two, { rating: 3, note: '' }]]));
    });

    it('follow what comes back and is moved, stored again or removed before anybody read it', async () => {
      const { library, index, one, two, three } = await openThree({ temporaryLibrary });
      const trash = library.at('.trash');
      mkdirSync(trash);
      const stored = [one, two, three].map((from, at) => ({ from, to: `${trash}/${at}` }));
      for (const [at, { from, to }] of stored.entries()) {
        await index.setNote(from, `note ${at}`);
        renameSync(from, to);
      }
      await index.storePaths(stored);
      const back = stored.map(({ from, to }) => ({ from: to, to: from }));
      for (const { from, to } of back) renameSync(from, to);
      await index.returnPaths(back);

      const moved = library.at('moved.png');
      renameSync(one, moved);
      await index.movePaths([{ from: one, to: moved }]);
      renameSync(two, `${trash}/again`);
      await index.storePaths([{ from: two, to: `${trash}/again` }]);
      const aside = `${library.base}/aside`;
      renameSync(three, aside);
      await index.removePaths([three]);
      await index.update([library.root]);
      expect(await index.annotationsOf([moved])).toEqual(new Map([[moved, { rating: 0, note: 'note 0' }]]));

      renameSync(`${trash}/again`, two);
      await index.returnPaths([{ from: `${trash}/again`, to: two }]);
      const elsewhere = library.at('elsewhere.png');
      renameSync(aside, elsewhere);
      await index.update([library.root]);
      expect(await index.annotationsOf([two, elsewhere])).toEqual(
        new Map([
          [two, { rating: 0, note: 'note 1' }],
          [elsewhere, { rating: 0, note: 'note 2' }],
        ]),
      );
    });

    it.each(['trash', 'absence'] as const)(
      'come back from the %s with what became of their tags',
      async (how) => {
        const { library, index, one, found, countOf } = await openThree({ temporaryLibrary });
        const made = async (name: string) => (await index.createTag(name)).id;
        const named = [
          'plain',
          'renamed',
          'coloured',
          'merged',
          'chain',
          'removed',
          'again',
          'both',
          'gone with it',
        ];
        const ids = new Map<string, number>();
        for (const name of named) ids.set(name, await made(name));
        const idOf = (name: string): number => ids.get(name) ?? NaN;
        for (const id of ids.values()) await index.setTag([one], id, 'add');
        const [target, middle, doomed] = [await made('target'), await made('middle'), await made('doomed')];

        const away = library.at('.away');
        mkdirSync(away);
        renameSync(one, `${away}/0`);
        if (how === 'trash') await index.storePaths([{ from: one, to: `${away}/0` }]);
        await index.update([library.root]);
        await index.updateTag(idOf('renamed'), { name: 'new name' });
        await index.updateTag(idOf('coloured'), { color: '#123456' });
        await index.mergeTags(idOf('merged'), target);
        await index.mergeTags(idOf('both'), target);
        await index.mergeTags(idOf('chain'), middle);
        await index.mergeTags(middle, target);
        await index.mergeTags(idOf('gone with it'), doomed);
        await index.removeTag(doomed);
        await index.removeTag(idOf('removed'));
        await index.removeTag(idOf('again'));
        const again = await made('again');
        const renamed = await made('renamed');
        renameSync(`${away}/0`, one);
        if (how === 'trash') await index.returnPaths([{ from: `${away}/0`, to: one }]);
        await index.update([library.root]);

        const tags = (await index.tagsOf([one])).get(one) ?? [];
        expect(new Map(tags.map(({ name, id, color }) => [name, [id, color]]))).toEqual(
          new Map([
            ['plain', [idOf('plain'), '']],
            ['new name', [idOf('renamed'), '']],
            ['coloured', [idOf('coloured'), '#123456']],
            ['target', [target, '']],
          ]),
        );
        expect(await found(target)).toEqual(['one.png']);
        expect(await countOf(target)).toBe(1);
        for (const id of [again, renamed]) expect(await countOf(id)).toBe(0);
        const { tags: all } = await index.basicInfo();
        expect(all.filter(({ name }) => named.slice(3).includes(name)).map(({ id }) => id)).toEqual([again]);
      },
    );

    it('come back without the tags of rules that no longer fit', async () => {
      const { library, index, one, found } = await openThree({ temporaryLibrary });
      const tag = await index.createTag('by rule');
      const condition = { field: 'text', operator: 'contains', value: 'fox one' } as const;
      await index.setAutoTagRules([{ tagId: tag.id, match: 'all', conditions: [condition] }]);
      expect(await found(tag.id)).toEqual(['one.png']);
      const away = `${library.base}/away.png`;
      const takeAway = async () => {
        renameSync(one, away);
        await index.update([library.root]);
      };
      const bringBack = async () => {
        renameSync(away, one);
        await index.update([library.root]);
        return found(tag.id);
      };
      await takeAway();
      expect(await bringBack()).toEqual(['one.png']);
      await takeAway();
      await index.setAutoTagRules([]);
      expect(await bringBack()).toEqual([]);
    });

    it('are carried to another index by path or by content', async () => {
      const { library, index, one, two, three } = await openThree({ temporaryLibrary });
      await index.setTag([one, two], 1, 'add');
      await index.setRating([two], 3);
      await index.setNote(two, 'a "quoted"\nnote');
      await index.setNote(three, 'nothing but a note');
      const lines: string[] = [];
      for await (const line of index.exportAnnotations()) lines.push(line);
      expect(lines).toHaveLength(3);
      await index.close();
      const moved = library.at('moved.png');
      renameSync(two, moved);
      const other = await library.open({ name: 'other' });
      await other.update([library.root]);
      const outcome = await other.importAnnotations([...lines, '', '{"path":"/absent.png","tags":["x"]}']);
      expect(outcome).toEqual({ imported: 3, unknown: ['/absent.png'] });
      expect(await other.annotationsOf([moved, three])).toEqual(
        new Map([
          [moved, { rating: 3, note: 'a "quoted"\nnote' }],
          [three, { rating: 0, note: 'nothing but a note' }],
        ]),
      );
      expect(names(await other.searchByTags({ and: [1], or: [], not: [] }))).toEqual([
        'moved.png',
        'one.png',
      ]);
      await expect(other.importAnnotations(['{}'])).rejects.toMatchObject({
        code: 'invalid-line',
        details: { position: 1 },
      });
    });
  });
}

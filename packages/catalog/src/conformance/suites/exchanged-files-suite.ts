import { copyFileSync, renameSync, rmSync, statSync, utimesSync } from 'node:fs';
import fc from 'fast-check';
import type { ImageIndex } from '../../roles/image-index.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** What is kept of images follows their content where files take each other's names outside. */
export function exchangedFilesSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  /** Notes each picture with its own text. */
  async function noted(texts: Readonly<Record<string, string>>) {
    const library = temporaryLibrary();
    // Texts of different lengths make files of different sizes; the times differ as well.
    const paths = Object.entries(texts).map(([name, text], at) =>
      library.picture(name, text, 1_700_000_000 + at * 60),
    );
    const index = await library.open();
    await index.update([library.root]);
    for (const [path, text] of await index.infotexts(paths)) await index.setNote(path, `note of ${text}`);
    return { index, library, root: library.root, at: library.at };
  }

  /** The text of each picture and its note. */
  async function notes(index: ImageIndex): Promise<Readonly<Record<string, string>>> {
    const paths = (await index.search({ size: 100 })).items.map(({ path }) => path);
    const texts = await index.infotexts(paths);
    const marks = await index.annotationsOf(paths);
    return Object.fromEntries(paths.map((path) => [texts.get(path) ?? '', marks.get(path)?.note ?? '']));
  }

  describe('files that take the names of others', () => {
    it('keep their notes when they are renumbered', async () => {
      const { index, root, at } = await noted({
        '1.png': 'one',
        '2.png': 'the second',
        '3.png': 'number three',
      });
      rmSync(at('1.png'));
      renameSync(at('2.png'), at('1.png'));
      renameSync(at('3.png'), at('2.png'));
      expect(await index.update([root])).toMatchObject({ moved: 2, added: 0, changed: 0, removed: 1 });
      expect(await notes(index)).toEqual({
        'number three': 'note of number three',
        'the second': 'note of the second',
      });
    });

    it('keep their notes when two names are exchanged, also between folders and of files of one size', async () => {
      const { index, root, at } = await noted({ 'a/1.png': 'fox', 'b/1.png': 'hen' });
      renameSync(at('a/1.png'), at('spare'));
      renameSync(at('b/1.png'), at('a/1.png'));
      renameSync(at('spare'), at('b/1.png'));
      expect(await index.update([root])).toMatchObject({ moved: 2, added: 0, changed: 0, removed: 0 });
      expect(await notes(index)).toEqual({ fox: 'note of fox', hen: 'note of hen' });
      expect(await index.checkIntegrity()).toEqual([]);
    });

    it('keep their notes when a new file takes the old name', async () => {
      const { index, library, root, at } = await noted({ '1.png': 'one' });
      renameSync(at('1.png'), at('2.png'));
      library.picture('1.png', 'another picture', 1_800_000_000);
      expect(await index.update([root])).toMatchObject({ moved: 1, added: 1, removed: 0 });
      expect(await notes(index)).toEqual({ one: 'note of one', 'another picture': '' });
    });

    it('leave the note with a picture that was edited where it is', async () => {
      const { index, library, root } = await noted({ '1.png': 'one', '2.png': 'the second' });
      library.picture('1.png', 'one, edited', 1_800_000_000);
      expect(await index.update([root])).toMatchObject({ changed: 1, moved: 0, added: 0 });
      expect(await notes(index)).toEqual({
        'one, edited': 'note of one',
        'the second': 'note of the second',
      });
    });

    it('leave the note with the original where a copy takes the name of another', async () => {
      const { index, root, at } = await noted({ '1.png': 'one', '2.png': 'the second' });
      copyFileSync(at('1.png'), at('2.png'));
      // As a touch does, which alone says nothing of the content.
      utimesSync(at('1.png'), 1_900_000_000, 1_900_000_000);
      await index.update([root]);
      expect((await index.annotationsOf([at('1.png')])).get(at('1.png'))?.note).toBe('note of one');
    });

    it('keep their notes whatever is renamed, exchanged and deleted', async () => {
      const step = fc.tuple(fc.constantFrom('rename', 'delete'), fc.nat(5), fc.nat(7));
      await fc.assert(
        fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async (steps) => {
          const texts = Object.fromEntries(
            Array.from({ length: 6 }, (_, at) => [`${at}.png`, `picture ${'x'.repeat(at)}`]),
          );
          const { index, root, at } = await noted(texts);
          const isThere = (path: string): boolean => statSync(path, { throwIfNoEntry: false }) !== undefined;
          for (const [kind, from, to] of steps) {
            if (!isThere(at(`${from}.png`))) continue;
            if (kind === 'delete') rmSync(at(`${from}.png`));
            else renameSync(at(`${from}.png`), at(`${to}.png`));
          }
          await index.update([root]);
          for (const [text, note] of Object.entries(await notes(index))) expect(note).toBe(`note of ${text}`);
          expect(await index.checkIntegrity()).toEqual([]);
        }),
        { numRuns: 8 },
      );
    });
  });
}

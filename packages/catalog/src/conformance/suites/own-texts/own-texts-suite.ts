import { copyFileSync, renameSync, utimesSync } from 'node:fs';
import type { ConformanceTools } from '../../conformance-tools.ts';
import { names } from '../../library/names.ts';
import { recordDescriber } from '../../library/temporary-library.ts';
import { writeRecord } from '../../library/write-record.ts';
import { edits, none, ofFile, record, type Said, withSettings } from './said.ts';
import { storeAndReturn, type Touched, touches } from './touches.ts';

/** That an image is found by what this text says, and by nothing that another says. */
async function expectFound(
  { index, path, expect }: Pick<Touched, 'index' | 'path'> & Pick<ConformanceTools, 'expect'>,
  said: Said,
  others: readonly Said[],
): Promise<void> {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const found = async (query: string) => names(await index.search({ query }));
  const queries = ({ word, model, seed, steps, cfg, generator, pos }: Said): string[] => [
    ...(word === '' ? [] : [word]),
    ...(seed === undefined ? [] : [`seed:${seed}`]),
    ...(steps === undefined ? [] : [`steps:${steps}`]),
    ...(cfg === undefined ? [] : [`cfg:${cfg}`]),
    ...(generator === undefined ? [] : [`generator=${generator}`]),
    ...(model === undefined ? [] : [`model=${model}`]),
    ...pos.map((tag) => `tag=${tag}`),
  ];
  const result: Record<string, string[]> = {};
  const expected: Record<string, string[]> = {};
  for (const query of [...queries(said), 'width:64', 'height:48']) {
    result[query] = await found(query);
    expected[query] = [name];
  }
  for (const query of others.flatMap(queries).filter((query) => !(query in expected))) {
    result[query] = await found(query);
    expected[query] = [];
  }
  if (said.seed === undefined) {
    result['has:seed'] = await found('has:seed');
    expected['has:seed'] = [];
  }
  expect(result).toEqual(expected);
  expect((await index.infotexts([path])).get(path)).toBe(said.text);

  const { tags } = await index.basicInfo();
  const counted = tags.filter(({ type, count }) => (type === 'Model' || type === 'pos') && count > 0);
  const models = said.model === undefined ? [] : [said.model];
  expect(new Map(counted.map(({ name: tag, count }) => [tag, count]))).toEqual(
    new Map([...said.pos, ...models].map((tag) => [tag, 1])),
  );
  expect((await index.statistics()).models).toEqual(models.map((model) => ({ name: model, count: 1 })));
  expect(await index.complete({ field: 'model', text: '' })).toEqual(
    models.map((model) => ({ name: model, count: 1 })),
  );
}

/** Texts that the user writes count in place of those of files, and so does all that follows from them. */
export function ownTextsSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  const opened = async () => {
    const library = temporaryLibrary();
    const path = library.at('a/one.png');
    writeRecord(path, record(ofFile));
    // A library without any file would be a drive that is away.
    writeRecord(library.at('other.png'), { infotext: 'bystander' });
    const index = await library.open({ describer: recordDescriber });
    await index.update([library.root]);
    return { library, index, path };
  };
  const isClosedBy = (touch: string): boolean => touch.startsWith('a start');

  describe.each(edits)('an edit %s', (_, said) => {
    it.each(Object.keys(touches))('counts after %s', async (touch) => {
      const { library, index, path } = await opened();
      await expectFound({ index, path, expect }, ofFile, [said]);
      await index.setInfotext(path, said.text);
      const now = (await touches[touch]?.({ library, index, path })) ?? '';
      const again = isClosedBy(touch) ? await library.open({ describer: recordDescriber }) : index;
      await expectFound({ index: again, path: now, expect }, said, [ofFile]);
      expect(await again.ownInfotexts([now])).toEqual(new Map([[now, said.text]]));
      expect(await again.checkIntegrity()).toEqual([]);
    });
  });

  describe('a text of the user', () => {
    it('takes the place of another', async () => {
      const { index, path } = await opened();
      await index.setInfotext(path, withSettings.text);
      const other = { ...withSettings, text: 'stork\nSteps: 8, Seed: 6', word: 'stork', pos: ['stork'] };
      const expected = { ...other, ...none, steps: 8, seed: '6', generator: withSettings.generator };
      await index.setInfotext(path, other.text);
      await expectFound({ index, path, expect }, expected, [withSettings, ofFile]);
    });

    it('stays with the original: a copy has the text of the file', async () => {
      const { library, index, path } = await opened();
      await index.setInfotext(path, withSettings.text);
      const copy = library.at('a/copy.png');
      copyFileSync(path, copy);
      utimesSync(copy, 1_700_000_001, 1_700_000_001);
      await index.update([library.root]);
      expect([...(await index.infotexts([path, copy])).values()]).toEqual([withSettings.text, ofFile.text]);
      expect([...(await index.ownInfotexts([path, copy])).keys()]).toEqual([path]);
      expect(names(await index.search({ query: 'model=file-model' }))).toEqual(['copy.png']);
    });

    it('is what rules look at, when it is written and whenever it comes back', async () => {
      const { library, index, path } = await opened();
      const tag = await index.createTag('waders');
      const condition = { field: 'text', operator: 'contains', value: 'heron' } as const;
      await index.setAutoTagRules([{ tagId: tag.id, match: 'all', conditions: [condition] }]);
      const tagged = async (at: string) => ((await index.tagsOf([at])).get(at) ?? []).map(({ name }) => name);
      await index.setInfotext(path, withSettings.text);
      expect(await tagged(path)).toEqual(['waders']);
      const back = await storeAndReturn({ library, index, path }, library.at('back.png'));
      expect(await tagged(back)).toEqual(['waders']);
      await index.setInfotext(back, 'no bird');
      expect(await tagged(back)).toEqual([]);
    });

    it.each(['a reading of its path', 'an update', 'a later update of a drive that was away'])(
      'is given up for that of the file with %s',
      async (reading) => {
        const { library, index, path } = await opened();
        await index.setInfotext(path, withSettings.text);
        await index.setRating([path], 4);
        if (reading.startsWith('a later')) {
          renameSync(library.at('a'), library.at('.away'));
          await index.setInfotext(path, undefined);
          await index.update([library.root]);
          renameSync(library.at('.away'), library.at('a'));
        } else await index.setInfotext(path, undefined);
        expect(await index.ownInfotexts([path])).toEqual(new Map());
        if (reading === 'a reading of its path') await index.readPaths([path], { roots: [library.root] });
        else await index.update([library.root]);
        await expectFound({ index, path, expect }, ofFile, [withSettings]);
        expect((await index.annotationsOf([path])).get(path)?.rating).toBe(4);
        // It follows the file again.
        writeRecord(path, record(withSettings), { time: 1_700_000_500 });
        await index.update([library.root]);
        await expectFound({ index, path, expect }, withSettings, [ofFile]);
      },
    );

    it('that nobody wrote cannot be given up', async () => {
      const { library, index, path } = await opened();
      await index.setInfotext(path, undefined);
      expect(await index.update([library.root])).toMatchObject({ changed: 0 });
      await expectFound({ index, path, expect }, ofFile, [withSettings]);
      await expect(index.setInfotext(library.at('none.png'), undefined)).rejects.toMatchObject({
        code: 'not-indexed',
      });
    });

    it('is carried to another index with the other annotations', async () => {
      const { library, index, path } = await opened();
      await index.setInfotext(path, withSettings.text);
      const lines: string[] = [];
      for await (const line of index.exportAnnotations()) lines.push(line);
      expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
        { path, infotext: withSettings.text, tags: [], rating: 0, note: '' },
      ]);
      await index.close();
      const other = await library.open({ name: 'other', describer: recordDescriber });
      await other.update([library.root]);
      expect(await other.importAnnotations(lines)).toEqual({ imported: 1, unknown: [] });
      await expectFound({ index: other, path, expect }, withSettings, [ofFile]);
      expect([...(await other.ownInfotexts([path])).keys()]).toEqual([path]);
      await expect(other.importAnnotations([JSON.stringify({ path, infotext: 5 })])).rejects.toMatchObject({
        code: 'invalid-line',
      });
    });
  });
}

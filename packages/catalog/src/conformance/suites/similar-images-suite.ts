import type { ConformanceTools } from '../conformance-tools.ts';
import { recordDescriber } from '../library/temporary-library.ts';
import { isInFolders } from '../expected/matching.ts';
import { openThree } from '../library/three-pictures.ts';
import { writeRecord } from '../library/write-record.ts';

const dimension = 24;
const images = 2800;

function madeVectors(seed: number, count: number): Float32Array[] {
  let state = seed;
  const random = (): number => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647 - 0.5;
  return Array.from({ length: count }, () => Float32Array.from({ length: dimension }, random));
}

const dot = (a: Float32Array, b: Float32Array): number =>
  a.reduce((sum, value, at) => sum + value * (b[at] ?? 0), 0);
const cosine = (a: Float32Array, b: Float32Array): number => dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));

/** The nearest vectors are found exactly, however many there are. */
export function similarImagesSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  /** Thousands of images with a vector each, which change as `save` and `remove` say. */
  async function openThousands() {
    const library = temporaryLibrary();
    const index = await library.open({ describer: recordDescriber });
    // Three of four are in one folder.
    const pathOf = (number: number): string =>
      library.at(`${number % 4 === 0 ? 'few' : 'most'}/${number}.png`);
    const vectors = new Map<string, Float32Array>();
    for (let number = 0; number < images; number += 1)
      writeRecord(pathOf(number), {}, { bytes: 50 + number });
    await index.update([library.root]);

    async function save(entries: Iterable<readonly [string, Float32Array]>): Promise<void> {
      const embeddings = Array.from(entries, ([path, vector]) => ({ path, textHash: 'h', vector }));
      for (const { path, vector } of embeddings) vectors.set(path, vector);
      await index.saveEmbeddings('m', embeddings);
    }
    await save(madeVectors(7, images).map((vector, number) => [pathOf(number), vector] as const));
    return {
      library,
      index,
      vectors,
      pathOf,
      save,
      add: async (name: string, vector: Float32Array): Promise<void> => {
        writeRecord(library.at(name), {}, { bytes: 50 + images + vectors.size });
        await index.update([library.root]);
        await save([[library.at(name), vector]]);
      },
      remove: async (path: string): Promise<void> => {
        await index.removePaths([path]);
        vectors.delete(path);
      },
      check: async (query: Float32Array, count: number, folders?: readonly string[]): Promise<void> => {
        const expected = [...vectors]
          .filter(([path]) => isInFolders(path, folders))
          .map(([path, vector]) => ({ path, score: cosine(query, vector) }))
          .toSorted((a, b) => b.score - a.score)
          .slice(0, count);
        const asked = { model: 'm', vector: query, count, ...(folders && { folders }) };
        const found = await index.similarImages(asked);
        expect(found.map(({ path }) => path)).toEqual(expected.map(({ path }) => path));
        for (const [at, { score }] of expected.entries()) expect(found[at]?.score).toBeCloseTo(score, 5);
      },
    };
  }

  describe('similar images', () => {
    it('are the nearest of thousands, also after some were changed, added and removed', async () => {
      const { library, index, vectors, pathOf, save, add, remove, check } = await openThousands();
      const [query = new Float32Array(dimension), ...others] = madeVectors(11, 8);
      const [few, most] = [library.at('few'), library.at('most')];
      for (const other of others) await check(other, 12);
      await check(query, 5, [most]);
      // Another model has the vectors of a few images, in the opposite direction.
      const opposite = [...vectors]
        .slice(0, 30)
        .map(([path, vector]) => ({ path, vector: vector.map((v) => -v) }));
      await index.saveEmbeddings(
        'other',
        opposite.map((embedding) => ({ ...embedding, textHash: 'h' })),
      );
      const [farthest] = opposite.toSorted((x, y) => cosine(query, y.vector) - cosine(query, x.vector));
      const ofOther = await index.similarImages({ model: 'other', vector: query, count: 100 });
      expect([ofOther.length, ofOther[0]?.path]).toEqual([30, farthest?.path]);
      await check(query, 12);
      // All the nearest of everywhere are in the other folder.
      const nearer = [...vectors].filter(([path]) => path.startsWith(`${few}/`));
      await save(
        nearer.map(
          ([path, vector]) => [path, vector.map((value, at) => value * 0.1 + (query[at] ?? 0))] as const,
        ),
      );
      // Of four times as many as these, some are in the folder, but not as many as these.
      await check(query, 200, [most]);
      for (const folders of [[most], [few, most], [library.root], [library.at('elsewhere')], [], undefined])
        await check(query, 20, folders);
      await save([[pathOf(3), query]]);
      await check(query, 5);
      await remove(pathOf(3));
      for (let again = 0; again < 2; again += 1) await check(query, 5);
      await add('most/added.png', query);
      await check(query, 5);
      await check(query, 5, [most]);
      // The newest is gone when another comes.
      await remove(library.at('most/added.png'));
      await add('other/instead.png', query);
      await check(query, 5);
      await check(query, 5, [library.at('other')]);
    });

    it('are in the folders asked for, and in no sibling whose name begins alike', async () => {
      const library = temporaryLibrary();
      const names = ['fox/1.png', 'fox/deep/2.png', 'fox.bak/3.png', 'fox0/4.png', 'fox0.png', 'fox.png'];
      const paths = names.map((name, at) => library.picture(name, 'a hen', at, at));
      const index = await library.open();
      await index.update([library.root]);
      const vector = Float32Array.of(1, 0);
      await index.saveEmbeddings(
        'm',
        paths.map((path) => ({ path, textHash: 'h', vector })),
      );
      for (const folder of [library.at('fox'), `${library.at('fox')}/`]) {
        const found = await index.similarImages({ model: 'm', vector, folders: [folder] });
        expect(found.map(({ path }) => path).toSorted()).toEqual(paths.slice(0, 2));
      }
    });

    it('are 50 unless told, of the model and the length of the vector that is given', async () => {
      const library = temporaryLibrary();
      const paths = Array.from({ length: 52 }, (_, at) => library.picture(`${at}.png`, 'fox', at, at));
      const index = await library.open();
      await index.update([library.root]);
      const save = (model: string, vector: Float32Array) =>
        index.saveEmbeddings(
          model,
          paths.map((path) => ({ path, textHash: 'h', vector })),
        );
      await save('m', Float32Array.of(1, 0));
      expect(await index.similarImages({ model: 'm', vector: Float32Array.of(0, 1) })).toHaveLength(50);
      expect(await index.similarImages({ model: 'other', vector: Float32Array.of(0, 1) })).toEqual([]);
      expect(await index.similarImages({ model: 'm', vector: Float32Array.of(0, 1, 0) })).toEqual([]);
      // The last that was saved is the vector of an image.
      await save('m', Float32Array.of(0, 1, 0));
      expect(await index.similarImages({ model: 'm', vector: Float32Array.of(1, 0) })).toEqual([]);
      const [best] = await index.similarImages({ model: 'm', vector: Float32Array.of(0, -1, 0) });
      expect(best?.score).toBe(-1);
    });

    it('keep the lowest score that is asked for, itself included, and no score is a length of nothing', async () => {
      const { index, one, two, three } = await openThree({ temporaryLibrary });
      await index.saveEmbeddings('m', [
        { path: one, textHash: 'h', vector: Float32Array.of(0, 0) },
        { path: two, textHash: 'h', vector: Float32Array.of(0, 2) },
        { path: three, textHash: 'h', vector: Float32Array.of(-1, 0) },
      ]);
      const scored = async (vector: Float32Array, minScore?: number) =>
        (await index.similarImages({ model: 'm', vector, ...(minScore !== undefined && { minScore }) })).map(
          ({ path, score }) => [path, score],
        );
      const all = [
        [two, 1],
        [one, 0],
        [three, 0],
      ];
      expect(await scored(Float32Array.of(0, 1))).toEqual(
        all.map(([path, score]) => [path, expect.closeTo(Number(score), 9)]),
      );
      expect(await scored(Float32Array.of(0, 1), 1)).toEqual([[two, 1]]);
      expect(await scored(Float32Array.of(0, 1), 0)).toHaveLength(3);
      expect((await scored(Float32Array.of(1, 0))).map(([path]) => path)).toEqual([one, two, three]);
      expect(await scored(Float32Array.of(0, 0), 0.1)).toEqual([]);
    });
  });
}

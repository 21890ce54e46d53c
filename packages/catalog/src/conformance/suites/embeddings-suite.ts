import { openThree } from '../library/three-pictures.ts';
import type { ConformanceTools } from '../conformance-tools.ts';

/** Vectors and perceptual hashes, and what is near. */
export function embeddingsSuite({ describe, it, expect, temporaryLibrary }: ConformanceTools): void {
  describe('vectors', () => {
    it('are kept by image and model, and found by their nearness', async () => {
      const { index, one, two, three, library } = await openThree({ temporaryLibrary });
      await index.saveEmbeddings('m', [
        { path: one, textHash: 'a', vector: Float32Array.of(1, 0) },
        { path: two, textHash: 'b', vector: Float32Array.of(0.6, 0.8) },
        { path: three, textHash: 'c', vector: Float32Array.of(0, -2) },
      ]);
      await index.saveEmbeddings('other', [{ path: one, textHash: 'z', vector: Float32Array.of(0, 1) }]);
      const near = await index.similarImages({ model: 'm', vector: Float32Array.of(2, 0) });
      expect(near.map(({ path, score }) => [path, Math.round(score * 1000) / 1000])).toEqual([
        [one, 1],
        [two, 0.6],
        [three, 0],
      ]);
      expect(
        await index.similarImages({ model: 'm', vector: Float32Array.of(2, 0), count: 1, minScore: 0.5 }),
      ).toHaveLength(1);
      expect(
        await index.similarImages({ model: 'm', vector: Float32Array.of(2, 0), folders: [library.at('x')] }),
      ).toEqual([]);
      expect(await index.embeddingCount({ model: 'm' })).toBe(3);
      expect(await index.embeddingCount({ model: 'other', folders: [library.root, library.root] })).toBe(1);
      expect(await index.embeddingCount({ model: 'm', folders: [library.at('x')] })).toBe(0);
      expect(await index.embeddingCount({ model: 'absent' })).toBe(0);
      await index.saveEmbeddingFailures('m', [{ path: one, textHash: 'bad', message: 'no' }]);
      const { updatedAt, ...embedding } = (await index.embeddingOf('m', two)) ?? {};
      expect(embedding).toMatchObject({ path: two, textHash: 'b', vector: Float32Array.of(0.6, 0.8) });
      expect(Math.abs(Date.parse(updatedAt ?? '') - Date.now())).toBeLessThan(60_000);
      expect(await index.embeddingOf('m', '/absent')).toBeUndefined();
      expect(await index.embeddingStates('m', [one, two, '/absent'])).toEqual(
        new Map([
          [one, { textHash: 'a', dimension: 2, updatedAt, failedHashes: ['bad'] }],
          [two, { textHash: 'b', dimension: 2, updatedAt, failedHashes: [] }],
        ]),
      );
      const all: (readonly [string, number[]])[] = [];
      for await (const { path, vector } of index.embeddings('m')) all.push([path, [...vector]]);
      expect(all).toEqual([
        [one, [1, 0]],
        [two, [Math.fround(0.6), Math.fround(0.8)]],
        [three, [0, -2]],
      ]);
    });

    it('keep equal scores apart by id', async () => {
      const { index, one, two, three } = await openThree({ temporaryLibrary });
      const vector = Float32Array.of(1, 1);
      await index.saveEmbeddings(
        'm',
        [three, one, two].map((path) => ({ path, textHash: 'h', vector })),
      );
      expect((await index.similarImages({ model: 'm', vector, count: 2 })).map(({ path }) => path)).toEqual([
        one,
        two,
      ]);
    });
  });
}

import fc from 'fast-check';
import type { ConformanceTools } from '../conformance-tools.ts';
import { openMadeUp } from '../library/open-made-up.ts';

/** In how many of 64 bits two hashes differ. */
function distanceOf(a: bigint, b: bigint): number {
  return Array.from((a ^ b).toString(2)).filter((bit) => bit === '1').length;
}

const all = 2n ** 64n - 1n;
const hash = fc
  .constantFrom(0n, all, 0xffff_0000_ffff_0000n, 0x0000_ffff_0000_ffffn, 2n ** 63n, 1n)
  .chain((near) =>
    fc
      .array(fc.nat(63), { maxLength: 8 })
      .map((bits) => bits.reduce((changed, bit) => changed ^ (1n << BigInt(bit)), near)),
  );

/** Pictures that look alike are found by the bits in which their hashes differ. */
export function nearDuplicatesSuite(tools: ConformanceTools): void {
  const { describe, it, expect } = tools;

  describe('near duplicates', () => {
    it('are all whose hash differs in few bits, nearest first, then by id', async () => {
      const { index, pictures } = await openMadeUp(tools.temporaryLibrary());
      const hashed = pictures.slice(4);
      const hashes = new Map<string, bigint>();
      // Some are saved twice: the later one counts.
      for (const seed of [1, 2]) {
        const some = seed === 1 ? hashed : hashed.slice(0, 20);
        const drawn = fc.sample(hash, { seed, numRuns: some.length });
        const entries = some.map(({ path }, at) => ({ path, hash: drawn[at] ?? 0n }));
        await index.savePerceptualHashes(entries);
        for (const entry of entries) hashes.set(entry.path, entry.hash);
      }
      const gone = hashed.slice(0, 3).map(({ path }) => path);
      await index.removePaths(gone);
      const left = hashed.slice(3);
      for (const { path } of left) expect(await index.perceptualHashOf(path)).toBe(hashes.get(path));
      for (const path of [...gone, pictures[0]?.path ?? ''])
        expect(await index.perceptualHashOf(path)).toBeUndefined();
      await fc.assert(
        fc.asyncProperty(hash, fc.constantFrom(0, 1, 3, 8, 31, 32, 33, 64), async (asked, distance) => {
          const expected = left
            .map(({ id, path }) => ({ id, path, distance: distanceOf(asked, hashes.get(path) ?? 0n) }))
            .filter((duplicate) => duplicate.distance <= distance)
            .sort((a, b) => a.distance - b.distance || a.id - b.id);
          expect(await index.nearDuplicates(asked, distance)).toEqual(expected);
        }),
        { numRuns: 100 },
      );
    });
  });
}

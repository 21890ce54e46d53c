import { seededRandom } from '../../scripts/seeded-random.js';

export const longestStop = 600;

/**
 * How long a thread runs and then stands still, in milliseconds, by chance; the same for the same seed.
 *
 * @param {string} seed
 * @returns {Generator<{ runs: number, stands: number }, never>}
 */
export function* stops(seed) {
  const random = seededRandom(seed);
  for (;;) {
    // Short ones often, long ones now and then: most faults need both.
    yield { runs: 50 + random() * 2_000, stands: random() ** 2 * longestStop };
  }
}

import { seededRandom } from '../seeded-random.js';

/** @import { Mutant } from './find-mutants.js' */

/**
 * A mutant that no test can notice, and why.
 *
 * @typedef {{ file: string, from: string, to: string, reason: string }} Equivalent
 */

/**
 * So many mutants by chance, the same for the same seed, none inside of another and at most one a line; and of those that
 * were drawn, the ones that are known to change nothing.
 *
 * @param {readonly Mutant[]} all
 * @param {{ count: number, seed: number, equivalents: readonly Equivalent[] }} options
 */
export function drawMutants(all, { count, seed, equivalents }) {
  const random = seededRandom(String(seed));
  const shuffled = all.map((mutant) => ({ mutant, key: random() })).sort((a, b) => a.key - b.key);
  /** @type {(Mutant & { id: number })[]} */
  const drawn = [];
  /** @type {(Mutant & { reason: string })[]} */
  const listed = [];
  for (const { mutant } of shuffled) {
    if (drawn.length === count) break;
    if (drawn.some((other) => isTooNear(mutant, other))) continue;
    const known = equivalents.find((one) => isSame(one, mutant));
    if (known === undefined) drawn.push({ ...mutant, id: drawn.length + 1 });
    else listed.push({ ...mutant, reason: known.reason });
  }
  return { drawn, listed };
}

/**
 * @param {Mutant} a
 * @param {Mutant} b
 */
function isTooNear(a, b) {
  return a.file === b.file && (a.line === b.line || (a.start < b.end && b.start < a.end));
}

/**
 * By what they say, not where: lines move.
 *
 * @param {Equivalent} known
 * @param {Mutant} mutant
 */
function isSame(known, mutant) {
  return known.file === mutant.file && known.from === mutant.from && known.to === mutant.to;
}

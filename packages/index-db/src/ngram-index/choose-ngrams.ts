import type { NgramFrequency } from './ngram-frequency.ts';

// Measured: passing a posting of the full-text table, against fetching a text and looking into it.
const postingCost = 0.05;
const textCost = 5;
// Trigrams of one word come together: each further one leaves at least this part of the candidates.
const leastLeft = 0.3;

/**
 * Chooses the trigrams whose lists are worth intersecting: the rarest, then others as long as passing their lists
 * costs less than looking into the texts that they spare. The rest is left to the look into the text.
 */
export function chooseNgrams(ngrams: readonly string[], frequency: NgramFrequency): string[] {
  const rated = ngrams.map((ngram) => ({ ngram, part: frequency(ngram) })).sort((a, b) => a.part - b.part);
  const [rarest, ...others] = rated;
  if (rarest === undefined) return [];
  const chosen = [rarest.ngram];
  let candidates = rarest.part;
  for (const { ngram, part } of others) {
    const left = Math.max(part, leastLeft);
    // Both sides are per document; a list is passed no further than the rarer one reaches into it.
    if (candidates * (1 - left) * textCost <= part * postingCost) break;
    chosen.push(ngram);
    candidates *= left;
  }
  return chosen;
}

import { setImmediate } from 'node:timers/promises';
import { textTerms } from './text-terms.ts';

const textsPerTurn = 100;
const leastShare = 0.25;

interface TermsOptions {
  /** How many terms a cluster gets at most. */
  readonly count: number;
  readonly signal?: AbortSignal;
}

/**
 * For each cluster (indexes into the texts) the terms that set it apart from all other texts, the most telling first:
 * many of its texts have them and few others do. Gives way to other work of the thread again and again.
 */
export async function distinguishingTerms(
  texts: readonly string[],
  clusters: readonly (readonly number[])[],
  { count, signal }: TermsOptions,
): Promise<string[][]> {
  const termsOf: Set<string>[] = [];
  const everywhere = new Map<string, number>();
  for (const [index, text] of texts.entries()) {
    if (index % textsPerTurn === 0) await setImmediate(undefined, signal ? { signal } : {});
    const terms = textTerms(text);
    termsOf.push(terms);
    addTo(everywhere, terms);
  }
  const found: string[][] = [];
  for (const members of clusters) {
    await setImmediate(undefined, signal ? { signal } : {});
    const inside = new Map<string, number>();
    for (const member of members) addTo(inside, termsOf[member] ?? new Set());
    found.push(best(inside, everywhere, { size: members.length, all: texts.length, count }));
  }
  return found;
}

function addTo(counts: Map<string, number>, terms: ReadonlySet<string>): void {
  for (const term of terms) counts.set(term, (counts.get(term) ?? 0) + 1);
}

function best(
  inside: ReadonlyMap<string, number>,
  everywhere: ReadonlyMap<string, number>,
  { size, all, count }: { size: number; all: number; count: number },
): string[] {
  const scored = Array.from(inside, ([term, within]) => {
    const share = within / size;
    // One is added to both sides, so that a term of a single text is not infinitely rare elsewhere.
    const elsewhere = ((everywhere.get(term) ?? within) - within + 1) / (all - size + 1);
    return { term, share, score: share * Math.log((share + 1 / size) / elsewhere) };
  });
  scored.sort((a, b) => b.score - a.score || fullerFirst(a.term, b.term));
  const common = scored.filter(({ share, score }) => share >= leastShare && score > 0);
  // Where nothing sets a cluster apart, what its texts share most is better than nothing.
  const ranked =
    common.length > 0 ? common : scored.sort((a, b) => b.share - a.share || fullerFirst(a.term, b.term));
  const chosen: string[] = [];
  for (const { term } of ranked) {
    if (chosen.length === count) break;
    if (!chosen.some((other) => overlaps(other, term))) chosen.push(term);
  }
  return chosen;
}

/** Of terms that are worth the same, the longer says more. */
function fullerFirst(a: string, b: string): number {
  return b.length - a.length || (a < b ? -1 : 1);
}

/** Whether one term says what the other says: all words of the shorter are in the longer. */
function overlaps(a: string, b: string): boolean {
  const [shorter, longer] = a.length <= b.length ? [a, b] : [b, a];
  const within = new Set(longer.split(' '));
  return shorter.split(' ').every((word) => within.has(word));
}

import type { Abstraction, GraphTerm } from './tag-graph.ts';

const leastShare = 0.8;
const fewestTerms = 2;

/**
 * Terms that stand above others by where they occur: a term is above another one that is rarer and of whose clusters it
 * has four fifths (Sanderson and Croft, "Deriving concept hierarchies from text", 1999). Of several the most specific
 * counts. Only terms above at least two others are abstractions.
 */
export function subsumingTerms(terms: readonly GraphTerm[]): Abstraction[] {
  const termsIn = new Map<number, GraphTerm[]>();
  for (const term of terms) {
    for (const cluster of term.clusters) termsIn.set(cluster, [...(termsIn.get(cluster) ?? []), term]);
  }
  const under = new Map<GraphTerm, string[]>();
  for (const term of terms) {
    const parent = mostSpecificAbove(term, termsIn);
    if (parent) under.set(parent, [...(under.get(parent) ?? []), term.label]);
  }
  return Array.from(under, ([{ label }, found]) => ({ label, terms: found })).filter(
    (abstraction) => abstraction.terms.length >= fewestTerms,
  );
}

function mostSpecificAbove(
  term: GraphTerm,
  termsIn: ReadonlyMap<number, readonly GraphTerm[]>,
): GraphTerm | undefined {
  const shared = new Map<GraphTerm, number>();
  for (const cluster of term.clusters) {
    for (const other of termsIn.get(cluster) ?? []) shared.set(other, (shared.get(other) ?? 0) + 1);
  }
  let best: GraphTerm | undefined;
  for (const [other, count] of shared) {
    if (other.clusters.size <= term.clusters.size || count / term.clusters.size < leastShare) continue;
    if (best === undefined || isMoreSpecific(other, best)) best = other;
  }
  return best;
}

function isMoreSpecific(a: GraphTerm, b: GraphTerm): boolean {
  if (a.clusters.size !== b.clusters.size) return a.clusters.size < b.clusters.size;
  return a.label < b.label;
}

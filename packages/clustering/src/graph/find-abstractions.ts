import { ClusteringError } from '../clustering-error.ts';
import { subsumingTerms } from './subsuming-terms.ts';
import type { Abstraction, Abstractor, GraphTerm } from './tag-graph.ts';

/** More general words for the terms, by the model or, without one or where it fails, by where the terms occur. */
export async function findAbstractions(
  terms: readonly GraphTerm[],
  abstractor: Abstractor | undefined,
  { lang, signal }: { lang: string; signal: AbortSignal | undefined },
): Promise<{ abstractions: Abstraction[]; error?: ClusteringError }> {
  if (abstractor === undefined) return { abstractions: subsumingTerms(terms) };
  try {
    const labels = terms.map(({ label }) => label);
    const answered = await abstractor.abstract(labels, { lang, ...(signal && { signal }) });
    return { abstractions: eachTermOnce(answered, new Set(labels)) };
  } catch (cause) {
    signal?.throwIfAborted();
    if (!(cause instanceof ClusteringError)) throw cause;
    return { abstractions: subsumingTerms(terms), error: cause };
  }
}

/** Leaves out terms that are none of ours or are under another word already, and words that have no terms left. */
function eachTermOnce(abstractions: readonly Abstraction[], known: Set<string>): Abstraction[] {
  const byLabel = new Map<string, string[]>();
  for (const { label, terms } of abstractions) {
    const fresh = terms.filter((term) => known.delete(term));
    byLabel.set(label, [...(byLabel.get(label) ?? []), ...fresh]);
  }
  return Array.from(byLabel, ([label, terms]) => ({ label, terms })).filter(({ terms }) => terms.length > 0);
}

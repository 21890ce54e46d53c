import type { ClusterName } from './cluster-name.ts';

const titleTerms = 3;

/** Names clusters by their distinguishing terms; no two get the same title. */
export function localNames(termsOfClusters: readonly (readonly string[])[]): ClusterName[] {
  const taken = new Set<string>();
  return termsOfClusters.map((terms) => {
    const title = firstFree(taken, candidates(terms));
    taken.add(title);
    return { title, keywords: [...terms] };
  });
}

function* candidates(terms: readonly string[]): Generator<string, never, undefined> {
  for (let count = titleTerms; count <= terms.length; count++) yield titleOf(terms.slice(0, count));
  const plain = titleOf(terms.slice(0, titleTerms));
  if (terms.length < titleTerms) yield plain;
  for (let number = 2; ; number++) yield `${plain} (${number})`;
}

function titleOf(terms: readonly string[]): string {
  if (terms.length === 0) return 'Untitled';
  const title = terms.join(', ');
  return title.charAt(0).toUpperCase() + title.slice(1);
}

function firstFree(taken: ReadonlySet<string>, titles: Iterable<string>): string {
  for (const title of titles) if (!taken.has(title)) return title;
  throw new RangeError('there is always another number');
}

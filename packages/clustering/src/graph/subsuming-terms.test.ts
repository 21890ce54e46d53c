import { expect, test } from 'vitest';
import { subsumingTerms } from './subsuming-terms.ts';
import type { GraphTerm } from './tag-graph.ts';

const term = (label: string, ...clusters: number[]) => ({ label, clusters: new Set(clusters) }) as GraphTerm;

test('of terms nested in each other the most specific is above', () => {
  const terms = [
    term('animal', 1, 2, 3, 4, 5, 6),
    term('dog', 1, 2, 3),
    term('poodle', 1),
    term('beagle', 2),
    term('cat', 4, 5),
  ];
  const expected = [
    { label: 'dog', terms: ['poodle', 'beagle'] },
    { label: 'animal', terms: ['dog', 'cat'] },
  ];
  expect(subsumingTerms(terms)).toEqual(expect.arrayContaining(expected));
  expect(subsumingTerms(terms).length).toBe(2);
  // Whichever of the two is met first.
  expect(subsumingTerms([...terms].reverse())).toEqual(
    expect.arrayContaining([
      { label: 'dog', terms: ['beagle', 'poodle'] },
      { label: 'animal', terms: ['cat', 'dog'] },
    ]),
  );
});

test('of terms as frequent the first by name is above', () => {
  const terms = [term('wolf', 1, 2, 3), term('pack', 1, 2, 3), term('snow', 1), term('howl', 2)];
  expect(subsumingTerms(terms)).toEqual([{ label: 'pack', terms: ['snow', 'howl'] }]);
});

test('a term is above one of whose clusters it has four fifths, not fewer', () => {
  const rarer = [term('b', 1, 2, 3, 4, 5), term('c', 1, 2, 3, 4, 6)];
  expect(subsumingTerms([term('a', 1, 2, 3, 4, 7, 8), ...rarer])).toEqual([
    { label: 'a', terms: ['b', 'c'] },
  ]);
  expect(subsumingTerms([term('a', 1, 2, 3, 7, 8, 9), ...rarer])).toEqual([]);
});

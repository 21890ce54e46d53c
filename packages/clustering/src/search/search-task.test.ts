import fc from 'fast-check';
import { expect, test } from 'vitest';
import { madeVectors } from '../../test/helpers/made-vectors.ts';
import { dot } from '../vectors/unit-vector.ts';
import { VectorSet } from '../vectors/vector-set.ts';
import { HighestScores } from './highest-scores.ts';
import { searchTask } from './search-task.ts';

const made = madeVectors({ count: 3_000, topics: 30, alone: 0.2, dimension: 100, likeness: 0.9 });
const set = VectorSet.of(made.vectors);

const byHand = (query: Float32Array, topK: number) =>
  made.vectors
    .map((vector, index) => ({ index, score: dot(vector, query) }))
    .sort((a, b) => b.score - a.score)
    .slice(0, topK)
    .map(({ index }) => index);

test('the exact search finds what a sort of all scores finds, with the scores', () => {
  const search = searchTask({ vectors: set.parts(), method: 'exact' });
  for (const index of [0, 77, 2_999]) {
    const query = set.at(index).slice();
    const hits = search({ query, topK: 25, minScore: -1 });
    expect(hits.map((hit) => hit.index)).toEqual(byHand(query, 25));
    expect(hits[0]).toEqual({ index, score: expect.closeTo(1, 5) });
  }
});

test('the fast search finds 99 of 100 of the first ten, with exact scores', () => {
  const fast = searchTask({ vectors: set.parts(), method: 'fast' });
  const exact = searchTask({ vectors: set.parts(), method: 'exact' });
  let found = 0;
  for (let query = 0; query < 100; query++) {
    const question = { query: set.at(query * 30).slice(), topK: 10, minScore: -1 };
    const wanted = new Map(exact(question).map(({ index, score }) => [index, score]));
    for (const { index, score } of fast(question)) {
      if (!wanted.has(index)) continue;
      found++;
      expect(score).toBe(wanted.get(index));
    }
  }
  expect(found / 1_000).toBeGreaterThanOrEqual(0.99);
});

test('vectors that share most of themselves are told apart', () => {
  const alike = VectorSet.of(made.vectors.map((vector) => [...vector.map((part) => part * 0.05), 1]));
  const fast = searchTask({ vectors: alike.parts(), method: 'fast' });
  for (const index of [5, 500, 2_500]) {
    const [hit] = fast({ query: alike.at(index).slice(), topK: 1, minScore: -1 });
    expect(hit?.index).toBe(index);
  }
});

test('nothing below the least score is found, and no more than there are', () => {
  const small = VectorSet.of([
    [1, 0],
    [0, 1],
    [-1, 0],
    [1, 1],
  ]);
  for (const method of ['fast', 'exact'] as const) {
    const search = searchTask({ vectors: small.parts(), method });
    const query = Float32Array.of(1, 0);
    expect(search({ query, topK: 9, minScore: 0.5 }).map(({ index }) => index)).toEqual([0, 3]);
    expect(search({ query, topK: 9, minScore: -1 }).map(({ index }) => index)).toEqual([0, 3, 1, 2]);
    expect(
      searchTask({ vectors: new VectorSet(2).parts(), method })({ query, topK: 3, minScore: -1 }),
    ).toEqual([]);
  }
});

test('the highest scores are those that sorting gives, equal ones by index', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 })),
      fc.integer({ min: 0, max: 12 }),
      (scores, count) => {
        const highest = new HighestScores(count);
        for (const [index, score] of scores.entries()) highest.offer(index, score);
        const sorted = scores
          .map((score, index) => ({ index, score }))
          .sort((a, b) => b.score - a.score || a.index - b.index);
        expect(highest.sorted()).toEqual(sorted.slice(0, count));
      },
    ),
  );
});

import { RowMatrix, blockSize } from '../vectors/row-matrix.ts';
import type { VectorSetParts } from '../vectors/vector-set.ts';
import { ByteRows } from './byte-rows.ts';
import { HighestScores } from './highest-scores.ts';

/** `exact` compares with every number of every vector, `fast` with bytes first and then exactly with the best. */
export const searchMethods = ['fast', 'exact'] as const;
export type SearchMethod = (typeof searchMethods)[number];

/** What the search worker is started with. */
export interface SearchTask {
  readonly vectors: VectorSetParts;
  readonly method: SearchMethod;
}

/** A vector of unit length and how many of the nearest are wanted. */
export interface SearchQuestion {
  readonly query: Float32Array;
  readonly topK: number;
  readonly minScore: number;
}

/** A vector of the set and its cosine with the query. */
export interface SearchHit {
  readonly index: number;
  readonly score: number;
}

// How many more than asked for are compared exactly: what bytes put a little too low is among them.
const candidatesPerResult = 4;
const leastCandidates = 256;

/** The work of the search worker, as a function from question to answer. */
export function searchTask({ vectors, method }: SearchTask): (question: SearchQuestion) => SearchHit[] {
  const byteRows = method === 'fast' ? new ByteRows(vectors) : undefined;
  return ({ query, topK, minScore }) => {
    const candidates = byteRows && candidatesOf(byteRows, query, topK);
    const best = new HighestScores(Math.min(topK, vectors.count));
    scoreExactly(vectors, query, candidates, (index, score) => {
      if (score >= minScore) best.offer(index, score);
    });
    return best.sorted();
  };
}

function candidatesOf(rows: ByteRows, query: Float32Array, topK: number): number[] {
  const nearest = new HighestScores(Math.max(leastCandidates, topK * candidatesPerResult));
  rows.score(query, (index, score) => nearest.offer(index, score));
  return nearest.sorted().map(({ index }) => index);
}

/** Scores the candidates, or all vectors where there are none. */
function scoreExactly(
  { values, count, dimension }: VectorSetParts,
  query: Float32Array,
  candidates: readonly number[] | undefined,
  visit: (index: number, score: number) => void,
): void {
  const matrix = new RowMatrix(dimension, 1);
  matrix.set(0, query);
  const total = candidates?.length ?? count;
  for (let start = 0; start < total; start += blockSize) {
    const indexes = Array.from(
      { length: Math.min(blockSize, total - start) },
      (_, position) => candidates?.[start + position] ?? start + position,
    );
    const scores = matrix.dots(
      indexes.map((index) => values.subarray(index * dimension, (index + 1) * dimension)),
    );
    for (const [position, index] of indexes.entries()) visit(index, scores[position] ?? 0);
  }
}

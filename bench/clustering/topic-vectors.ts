import { VectorSet } from '@iib-kit/clustering';
import { seededRandom } from '../library/seeded-random.ts';

export interface TopicVectorOptions {
  count: number;
  dimension: number;
  /** How many directions; 0 makes every vector one of its own. */
  topics: number;
  /** The share of vectors that belong to no direction. */
  alone?: number;
  seed?: number;
}

// The cosine of two members of a topic is about the square: 0.9.
const likeness = Math.sqrt(0.9);

/** Vectors around known directions that are nearly at right angles, in a reproducible order. */
export function topicVectors(options: TopicVectorOptions): VectorSet {
  const { count, dimension, topics, alone = 0, seed = 1 } = options;
  const random = seededRandom(seed);
  const direction = () => unitNoise(dimension, () => random.next());
  const centers = Array.from({ length: topics }, direction);
  const set = new VectorSet(dimension, { capacity: count });
  const rest = Math.sqrt(1 - likeness * likeness);
  for (let index = 0; index < count; index++) {
    const own = direction();
    const center = topics === 0 || random.chance(alone) ? undefined : centers[random.below(topics)];
    if (center)
      for (let at = 0; at < dimension; at++) own[at] = likeness * (center[at] ?? 0) + rest * (own[at] ?? 0);
    set.add(own);
  }
  return set;
}

/** A direction drawn evenly enough: sums of two even draws are close to a bell in 1,536 dimensions. */
export function unitNoise(dimension: number, next: () => number): Float32Array {
  const vector = new Float32Array(dimension);
  let sum = 0;
  for (let at = 0; at < dimension; at++) {
    const part = next() + next() - 1;
    vector[at] = part;
    sum += part * part;
  }
  const length = Math.sqrt(sum);
  for (let at = 0; at < dimension; at++) vector[at] = (vector[at] ?? 0) / length;
  return vector;
}

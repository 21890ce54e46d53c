import { seededRandom } from '../../src/seeded-random.ts';

/** Vectors around some directions, with the number of the direction each was made from; -1 for one of its own. */
export interface MadeVectors {
  readonly vectors: Float32Array[];
  readonly topics: number[];
}

/** Directions are nearly at right angles; members have a cosine of about `likeness` squared with each other. */
export function madeVectors(options: {
  count: number;
  topics: number;
  dimension?: number;
  alone?: number;
  likeness?: number;
  seed?: number;
}): MadeVectors {
  const { count, topics, dimension = 256, alone = 0, likeness = 0.96, seed = 1 } = options;
  const random = seededRandom(seed);
  const bell = () => random() + random() + random() + random() - 2;
  const direction = () => unit(Float32Array.from({ length: dimension }, bell));
  const centers = Array.from({ length: topics }, direction);
  const made: MadeVectors = { vectors: [], topics: [] };
  for (let index = 0; index < count; index++) {
    const topic = topics === 0 || random() < alone ? -1 : Math.floor(random() * topics);
    const center = centers[topic];
    const own = direction();
    const rest = Math.sqrt(1 - likeness * likeness);
    made.vectors.push(center ? unit(own.map((part, at) => likeness * (center[at] ?? 0) + rest * part)) : own);
    made.topics.push(topic);
  }
  return made;
}

function unit(vector: Float32Array): Float32Array {
  const length = Math.hypot(...vector);
  return vector.map((part) => part / length);
}

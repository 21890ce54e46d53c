import { isEqual } from './generators/automatic1111/to-infotext.ts';
import type { Description, Generation } from './image-metadata.ts';

/** Fields that one description may take from another of the same run. */
const shared = [
  'prompt',
  'negativePrompt',
  'seed',
  'steps',
  'cfgScale',
  'guidance',
  'sampler',
  'scheduler',
  'clipSkip',
  'model',
  'vae',
  'loras',
  'embeddings',
  'date',
  'generationTime',
] as const satisfies readonly (keyof Generation)[];

export interface MergedDescription {
  readonly description: Description;
  /** Which of the others a field was taken from. */
  readonly taken: ReadonlyMap<string, Description>;
}

/**
 * The first description, with fields it lacks from the next ones that tell of the same run: their
 * seed is the same, or one of them has none. Where two differ, the first one holds.
 */
export function mergeDescriptions(descriptions: readonly Description[]): MergedDescription | undefined {
  const [first, ...others] = descriptions;
  if (first === undefined) return undefined;
  if (others.length === 0) return { description: first, taken: new Map() };
  const fields = new Map<string, unknown>(Object.entries(first.generation));
  const taken = new Map<string, Description>();
  for (const other of others) {
    if (!isSameRun(first.generation, other.generation)) continue;
    for (const key of shared) {
      const value = other.generation[key];
      if (fields.has(key) || value === undefined || value === '') continue;
      fields.set(key, value);
      taken.set(key, other);
    }
  }
  // Every value is of the field of the same name.
  const generation: Generation = taken.size === 0 ? first.generation : Object.fromEntries(fields);
  return { description: { ...first, generation }, taken };
}

function isSameRun(one: Generation, other: Generation): boolean {
  return one.seed === undefined || other.seed === undefined || one.seed === other.seed;
}

/** Without those that say the same as an earlier one. */
export function withoutRepeats(descriptions: readonly Description[]): Description[] {
  return descriptions.filter(
    (description, index) => !descriptions.slice(0, index).some((earlier) => isEqual(earlier, description)),
  );
}

import type { Generator } from './generators/generator.ts';

export interface ReadOptions {
  /** Stops between two reads and rejects with the signal's reason. */
  readonly signal?: AbortSignal;
  /** Name of the file where the source has none: tells which output of a graph the file is. */
  readonly fileName?: string;
  /** Generators of your own, asked before the built-in ones. */
  readonly generators?: readonly Generator[];
}

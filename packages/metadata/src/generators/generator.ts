import type { Description, EmbeddedText, GeneratorId, MetadataWarning } from '../image-metadata.ts';

/** All that a generator may look at: the texts of a file and the facts around them. */
export interface GeneratorInput {
  readonly embedded: readonly EmbeddedText[];
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Base name of the file, where known: tells which output of a graph it is. */
  readonly fileName: string | undefined;
  readonly warn: (warning: MetadataWarning) => void;
}

/** A dialect: knows when a text is its own and what it means. */
export interface Generator {
  readonly id: GeneratorId;
  /** That it looks for JSON objects alone, and need not be asked where a file has none. */
  readonly readsJsonOnly?: true;
  /**
   * Descriptions that this generator finds in the texts, best first; `[]` when none is its own.
   * Must not throw on any input: what cannot be understood is a warning.
   */
  parse(input: GeneratorInput): readonly Description[];
}

import type { Description, EmbeddedText, GeneratorId, MetadataWarning } from '../image-metadata.ts';

/** What a generator reads: the texts of a file, its size and its name. */
export interface GeneratorInput {
  readonly embedded: readonly EmbeddedText[];
  readonly width: number | undefined;
  readonly height: number | undefined;
  /** Base name of the file, where known; it identifies the output of a graph that wrote it. */
  readonly fileName: string | undefined;
  readonly warn: (warning: MetadataWarning) => void;
}

/** A dialect: knows when a text is its own and what it means. */
export interface Generator {
  /** One of those known, or an id of your own, such as `my-tool`. */
  readonly id: GeneratorId;
  /** How people call it: the tag and the infotext have it as `Source Identifier`; the id where it is not given. */
  readonly label?: string;
  /** That it looks for JSON objects alone, and need not be asked where a file has none. */
  readonly readsJsonOnly?: true;
  /**
   * Descriptions that this generator finds in the texts, best first; `[]` when none is its own.
   * Must not throw on any input: what cannot be understood is a warning.
   */
  parse(input: GeneratorInput): readonly Description[];
}

import type { ClusteringError } from '../clustering-error.ts';

/** What became of the text at `index`: its vector, or why there is none. */
export type EmbedOutcome =
  | { readonly index: number; readonly vector: Float32Array }
  | { readonly index: number; readonly error: ClusteringError };

export interface EmbedOptions {
  /** Ends the work; what was yielded before stays valid. */
  readonly signal?: AbortSignal;
}

/** Turns texts into vectors whose cosine says how alike the texts are. */
export interface Embedder {
  /** Who makes the vectors, such as `openai` or `local`. */
  readonly provider: string;
  /** Names what exactly makes them: vectors are comparable where it is equal, so it belongs in every cache key. */
  readonly model: string;
  /**
   * Yields the outcomes of some texts at a time, as they come, each text once. A text that cannot be embedded is an
   * outcome and stops nothing. Throws where going on makes no sense (a wrong key); what was yielded before stays valid.
   */
  embed(texts: readonly string[], options?: EmbedOptions): AsyncIterable<readonly EmbedOutcome[]>;
}

import type { Embedder, EmbedOptions, EmbedOutcome } from './embedder.ts';

export interface EmbedAllOptions extends EmbedOptions {
  /** Called with how many of the texts have their outcome. */
  readonly onProgress?: (done: number, total: number) => void;
}

/** The outcomes of all texts in their order, once all are there. Throws as the embedder does. */
export async function embedAll(
  embedder: Embedder,
  texts: readonly string[],
  options: EmbedAllOptions = {},
): Promise<EmbedOutcome[]> {
  const { onProgress, ...embedOptions } = options;
  const outcomes: EmbedOutcome[] = [];
  for await (const some of embedder.embed(texts, embedOptions)) {
    outcomes.push(...some);
    onProgress?.(outcomes.length, texts.length);
  }
  return outcomes.sort((a, b) => a.index - b.index);
}

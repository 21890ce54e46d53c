import { ClusteringError } from '../clustering-error.ts';
import type { Embedder, EmbedOptions, EmbedOutcome } from '../embedders/embedder.ts';
import { differentTexts } from './different-texts.ts';
import { EmbeddingRun } from './embedding-run.ts';
import { inParallel } from './in-parallel.ts';
import { checkWhole, createProvider, type ProviderOptions } from './provider-options.ts';
import { textBatches } from './text-batches.ts';

export interface OpenaiEmbedderOptions extends ProviderOptions {
  /** Default `text-embedding-3-small`. */
  readonly model?: string;
  /** Asks for vectors of that many numbers, where the model can shorten them. Default: as the model gives them. */
  readonly dimensions?: number;
  /** The most texts in a request. Default 64. */
  readonly batchSize?: number;
  /** The most tokens in a request, as estimated. Default 100,000. */
  readonly batchTokens?: number;
  /** How many requests are under way at once. Default 4. */
  readonly concurrency?: number;
}

/**
 * Embeds by OpenAI or any server that speaks its API. A text that the provider refuses is found by halving its batch. Throws
 * `missing-api-key` at once; while embedding `unauthorized`, `quota-exceeded`, `unknown-model`, and what ended three
 * batches in a row.
 */
export function createOpenaiEmbedder(options: OpenaiEmbedderOptions = {}): Embedder {
  const {
    model = 'text-embedding-3-small',
    dimensions,
    batchSize = 64,
    batchTokens = 100_000,
    concurrency = 4,
  } = options;
  const provider = createProvider(options);
  for (const [option, value] of Object.entries({ batchSize, batchTokens, concurrency, dimensions })) {
    if (value !== undefined) checkWhole(option, value, 1);
  }
  return {
    provider: 'openai',
    model: dimensions === undefined ? model : `${model}@${dimensions}`,
    async *embed(texts, { signal }: EmbedOptions = {}) {
      signal?.throwIfAborted();
      const { empty, different, placesOf } = differentTexts(texts);
      if (empty.length > 0) yield empty.map(emptyText);
      signal?.throwIfAborted();
      const ended = new AbortController();
      const abort = () => ended.abort(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      const run = new EmbeddingRun({ provider, model, dimensions, signal: ended.signal });
      try {
        const batches = textBatches(different, { batchSize, batchTokens });
        for await (const outcomes of inParallel(batches, concurrency, run)) {
          yield outcomes.flatMap((outcome) =>
            (placesOf[outcome.index] ?? []).map((index) => ({ ...outcome, index })),
          );
        }
      } finally {
        signal?.removeEventListener('abort', abort);
        // Where the caller stops listening, requests under way would be paid for in vain.
        ended.abort(new Error('The embedding was given up'));
      }
    },
  };
}

function emptyText(index: number): EmbedOutcome {
  return { index, error: new ClusteringError('empty-text', 'there is nothing in the text') };
}

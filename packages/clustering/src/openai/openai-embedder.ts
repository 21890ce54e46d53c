import { ClusteringError } from '../clustering-error.ts';
import type { Embedder, EmbedOptions, EmbedOutcome } from '../embedders/embedder.ts';
import { askProvider } from './ask-provider.ts';
import { isHopeless, providerFailure } from './provider-error.ts';
import { checkWhole, createProvider, type Provider, type ProviderOptions } from './provider-options.ts';
import { readEmbeddings } from './read-embeddings.ts';
import { textBatches, type PlacedText } from './text-batches.ts';

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

// After that many batches in a row that failed for good, the provider is down rather than busy.
const mostFailedBatches = 3;

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
      const empty = texts.flatMap((text, index) => (text.trim() === '' ? [emptyText(index)] : []));
      if (empty.length > 0) yield empty;
      const placed = texts.flatMap((text, index) => (text.trim() === '' ? [] : [{ index, text }]));
      const ended = new AbortController();
      const abort = () => ended.abort(signal?.reason);
      signal?.addEventListener('abort', abort, { once: true });
      const run = new EmbeddingRun({ provider, model, dimensions, signal: ended.signal });
      try {
        yield* inParallel(textBatches(placed, { batchSize, batchTokens }), concurrency, run);
      } finally {
        signal?.removeEventListener('abort', abort);
        // Where the caller stops listening, requests under way would be paid for in vain.
        ended.abort(new ClusteringError('closed', 'the embedding was given up'));
      }
    },
  };
}

/** Yields what batches gave as they finish; waits for those under way before it throws, as they are paid for. */
async function* inParallel(batches: readonly PlacedText[][], concurrency: number, run: EmbeddingRun) {
  type Finished = { outcomes: EmbedOutcome[] } | { thrown: unknown };
  const underWay = new Map<number, Promise<readonly [number, Finished]>>();
  let next = 0;
  let failure: { thrown: unknown } | undefined;
  const start = () => {
    const batch = batches[next];
    if (batch === undefined || failure) return;
    const id = next++;
    const finished: Promise<Finished> = run.embed(batch).then(
      (outcomes) => ({ outcomes }),
      (thrown: unknown) => ({ thrown }),
    );
    underWay.set(
      id,
      finished.then((result) => [id, result] as const),
    );
  };
  for (let count = 0; count < concurrency; count++) start();
  while (underWay.size > 0) {
    const [id, result] = await Promise.race(underWay.values());
    underWay.delete(id);
    if ('thrown' in result) failure ??= result;
    else yield result.outcomes;
    start();
  }
  if (failure) throw failure.thrown;
}

type Format = 'base64' | 'float';

interface RunOptions {
  readonly provider: Provider;
  readonly model: string;
  readonly dimensions: number | undefined;
  readonly signal: AbortSignal;
}

/** What one call of `embed` learns about the provider as it goes. */
class EmbeddingRun {
  readonly #options: RunOptions;
  // A quarter of the bytes, and read without parsing a million numbers on the main thread.
  #format: Format = 'base64';
  #dimension: number | undefined;
  #failedInARow = 0;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#dimension = options.dimensions;
  }

  async embed(batch: readonly PlacedText[]): Promise<EmbedOutcome[]> {
    const { provider, signal } = this.#options;
    const format = this.#format;
    try {
      const vectors = await askProvider(provider, (limit) => this.#request(batch, format, limit), signal);
      this.#failedInARow = 0;
      return batch.map(({ index }, position) =>
        this.#outcome(index, vectors[position] ?? new Float32Array()),
      );
    } catch (cause) {
      signal.throwIfAborted();
      const { error } = providerFailure(cause);
      if (isHopeless(error.code)) throw error;
      if (error.code === 'rejected') return this.#afterRefusal(batch, format, error);
      if (++this.#failedInARow >= mostFailedBatches) throw error;
      return batch.map(({ index }) => ({ index, error }));
    }
  }

  async #request(batch: readonly PlacedText[], format: Format, limit: AbortSignal): Promise<Float32Array[]> {
    const { provider, model, dimensions } = this.#options;
    const body = await provider.client.embeddings.create(
      {
        model,
        input: batch.map(({ text }) => text),
        encoding_format: format,
        ...(dimensions === undefined ? {} : { dimensions }),
      },
      { signal: limit },
    );
    return readEmbeddings(body, batch.length);
  }

  /** Finds what the provider did not like: the encoding, or one of the texts. */
  async #afterRefusal(
    batch: readonly PlacedText[],
    format: Format,
    error: ClusteringError,
  ): Promise<EmbedOutcome[]> {
    if (format === 'base64' && /encoding|base64/i.test(error.message)) {
      this.#format = 'float';
      return this.embed(batch);
    }
    if (batch.length === 1) return batch.map(({ index }) => ({ index, error }));
    const middle = Math.ceil(batch.length / 2);
    const first = await this.embed(batch.slice(0, middle));
    return [...first, ...(await this.embed(batch.slice(middle)))];
  }

  #outcome(index: number, vector: Float32Array): EmbedOutcome {
    this.#dimension ??= vector.length;
    if (vector.length === 0 || vector.length !== this.#dimension) {
      const message = `the model gave a vector of ${vector.length} numbers where others have ${this.#dimension}`;
      return { index, error: new ClusteringError('dimension-mismatch', message) };
    }
    if (!isUsable(vector)) {
      const message = 'the model gave a vector that is not finite or all zeros';
      return { index, error: new ClusteringError('invalid-vector', message) };
    }
    return { index, vector };
  }
}

function isUsable(vector: Float32Array): boolean {
  let squares = 0;
  for (let at = 0; at < vector.length; at++) {
    const part = vector[at] ?? 0;
    squares += part * part;
  }
  return squares > 0 && Number.isFinite(squares);
}

function emptyText(index: number): EmbedOutcome {
  return { index, error: new ClusteringError('empty-text', 'there is nothing in the text') };
}

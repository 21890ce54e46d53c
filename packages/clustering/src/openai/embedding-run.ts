import { ClusteringError } from '../clustering-error.ts';
import type { EmbedOutcome } from '../embedders/embedder.ts';
import { askProvider } from './ask-provider.ts';
import { isHopeless, providerFailure } from './provider-error.ts';
import type { Provider } from './provider-options.ts';
import { readEmbeddings } from './read-embeddings.ts';
import type { PlacedText } from './text-batches.ts';

// After that many batches in a row that failed for good, the provider is down rather than busy.
const mostFailedBatches = 3;

type Format = 'base64' | 'float';

interface RunOptions {
  readonly provider: Provider;
  readonly model: string;
  readonly dimensions: number | undefined;
  readonly signal: AbortSignal;
}

/** What one call of `embed` learns about the provider as it goes. */
export class EmbeddingRun {
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
      this.#dimension ??= commonestLength(vectors);
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

/** One odd vector, should it come first, must not make all others odd. */
function commonestLength(vectors: readonly Float32Array[]): number | undefined {
  const counts = new Map<number, number>();
  for (const { length } of vectors) counts.set(length, (counts.get(length) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0];
}

function isUsable(vector: Float32Array): boolean {
  let squares = 0;
  for (let at = 0; at < vector.length; at++) {
    const part = vector[at] ?? 0;
    squares += part * part;
  }
  return squares > 0 && Number.isFinite(squares);
}

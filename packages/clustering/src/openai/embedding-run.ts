import { ClusteringError } from '../clustering-error.ts';
import type { EmbedOutcome } from '../embedders/embedder.ts';
import { askProvider } from './ask-provider.ts';
import { isHopeless, providerFailure } from './provider-error.ts';
import { postJson } from './post-json.ts';
import type { Provider } from './provider-options.ts';
import { readEmbeddings } from './read-embeddings.ts';
import type { PlacedText } from './text-batches.ts';

// After that many batches in a row that failed for good, the provider is down rather than busy.
const mostFailedBatches = 3;

// A text that no provider has a reason to refuse: where it is refused, the fault lies in no text.
const controlText = 'cat';

// Vectors of 8,192 numbers, written out with 20 digits and a comma each.
const limitsPerText = { bytes: 192 * 1024, values: 8_200 };
const limitsBeside = { bytes: 64 * 1024, values: 1_000, depth: 16 };

type Format = 'base64' | 'float';

type Tried = { readonly outcomes: EmbedOutcome[] } | { readonly error: ClusteringError };

interface RunOptions {
  readonly provider: Provider;
  readonly model: string;
  readonly dimensions: number | undefined;
  readonly signal: AbortSignal;
}

/**
 * What one call of `embed` learns about the provider as it goes: the encoding that it knows, how many texts it takes at
 * once, and which texts it refuses. A refusal is held against a text only while the provider takes a harmless one.
 */
export class EmbeddingRun {
  readonly #options: RunOptions;
  // A quarter of the bytes, and read without parsing a million numbers on the main thread.
  #format: Format = 'base64';
  #dimension: number | undefined;
  #mostTexts = Number.POSITIVE_INFINITY;
  #failedInARow = 0;
  #accepted = 0;
  #acceptedSinceRefusal = false;

  constructor(options: RunOptions) {
    this.#options = options;
    this.#dimension = options.dimensions;
  }

  /** The outcomes of a batch. Throws a ClusteringError where going on makes no sense, or the reason of the signal. */
  async embed(batch: readonly PlacedText[]): Promise<EmbedOutcome[]> {
    if (batch.length > this.#mostTexts) {
      const outcomes: EmbedOutcome[] = [];
      for (const half of halves(batch)) outcomes.push(...(await this.embed(half)));
      return outcomes;
    }
    const format = this.#format;
    const tried = await this.#try(batch, format);
    if ('outcomes' in tried) {
      this.#failedInARow = 0;
      return tried.outcomes;
    }
    return this.#afterFailure(batch, format, tried.error);
  }

  /** Finds what the provider did not like: the encoding, the size of the batch, one of the texts, or everything. */
  async #afterFailure(
    batch: readonly PlacedText[],
    format: Format,
    error: ClusteringError,
  ): Promise<EmbedOutcome[]> {
    if (!mayLieInBatch(error)) return this.#failed(batch, error);
    if (error.code === 'rejected' && format === 'base64' && this.#accepted === 0) {
      const plain = await this.#try(batch, 'float');
      if ('outcomes' in plain) {
        this.#format = 'float';
        return plain.outcomes;
      }
    }
    if (!(await this.#takesControlText())) return this.#failed(batch, error);
    if (format !== this.#format) return this.embed(batch);
    const outcomes = await this.#isolate(batch, error);
    const failed = outcomes.some((outcome) => 'error' in outcome);
    if (!failed) this.#mostTexts = Math.min(this.#mostTexts, Math.ceil(batch.length / 2));
    // The provider may have begun to refuse everything while the texts were being sorted out.
    if (failed && !this.#acceptedSinceRefusal && !(await this.#takesControlText()))
      return this.#failed(batch, error);
    this.#failedInARow = 0;
    return outcomes;
  }

  #failed(batch: readonly PlacedText[], error: ClusteringError): EmbedOutcome[] {
    if (error.code === 'rejected' || ++this.#failedInARow >= mostFailedBatches) throw error;
    return batch.map(({ index }) => ({ index, error }));
  }

  /** Whether a harmless text gets its vector; settles for plain numbers where only they come. */
  async #takesControlText(): Promise<boolean> {
    for (const format of new Set<Format>([this.#format, 'float'])) {
      const tried = await this.#try([{ index: 0, text: controlText }], format, 0);
      if ('error' in tried) continue;
      this.#format = format;
      return true;
    }
    return false;
  }

  /** The outcomes of a batch that failed, by halving it down to the texts that make it fail. */
  async #isolate(batch: readonly PlacedText[], error: ClusteringError): Promise<EmbedOutcome[]> {
    if (!mayLieInBatch(error)) return batch.map(({ index }) => ({ index, error }));
    if (batch.length === 1) return batch.map(({ index }) => ({ index, error: faultOfText(error) }));
    const outcomes: EmbedOutcome[] = [];
    for (const half of halves(batch)) {
      const tried = await this.#try(half, this.#format, 1);
      outcomes.push(...('outcomes' in tried ? tried.outcomes : await this.#isolate(half, tried.error)));
    }
    return outcomes;
  }

  /** Throws where every other request would fail alike; `retries` counts but for a provider that is busy. */
  async #try(batch: readonly PlacedText[], format: Format, retries?: number): Promise<Tried> {
    const { provider, signal } = this.#options;
    const most = Math.min(retries ?? provider.retries, provider.retries);
    try {
      const vectors = await askProvider(
        provider,
        (limit) => this.#request(batch, format, limit),
        signal,
        ({ code }) => (code === 'rate-limited' ? provider.retries : most),
      );
      this.#accepted++;
      this.#acceptedSinceRefusal = true;
      this.#dimension ??= commonestLength(vectors);
      const outcomes = batch.map(({ index }, position) =>
        this.#outcome(index, vectors[position] ?? new Float32Array()),
      );
      return { outcomes };
    } catch (cause) {
      signal.throwIfAborted();
      const error = providerFailure(cause);
      if (isHopeless(error.code)) throw error;
      this.#acceptedSinceRefusal = false;
      return { error };
    }
  }

  async #request(batch: readonly PlacedText[], format: Format, limit: AbortSignal): Promise<Float32Array[]> {
    const { provider, model, dimensions } = this.#options;
    const body = await postJson(
      provider,
      'embeddings',
      {
        model,
        input: batch.map(({ text }) => text),
        encoding_format: format,
        ...(dimensions === undefined ? {} : { dimensions }),
      },
      { limits: answerLimits(batch.length), signal: limit },
    );
    return readEmbeddings(body, batch.length);
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

/** Refused, answered with nonsense, too slow, or ended by a fault of the provider: a smaller batch may do. */
function mayLieInBatch({ code, status = 0 }: ClusteringError): boolean {
  return (
    code === 'rejected' ||
    code === 'invalid-answer' ||
    code === 'timeout' ||
    (code === 'unavailable' && status >= 500)
  );
}

/** What is known of a text that fails alone, again and again, while another is taken; slowness is no fault of a text. */
function faultOfText(error: ClusteringError): ClusteringError {
  const { code, message, status } = error;
  if (code === 'invalid-answer') return new ClusteringError('invalid-vector', message, { cause: error });
  if (code !== 'unavailable') return error;
  return new ClusteringError('rejected', message, {
    cause: error,
    ...(status === undefined ? {} : { status }),
  });
}

function halves<T>(batch: readonly T[]): readonly (readonly T[])[] {
  const middle = Math.ceil(batch.length / 2);
  return [batch.slice(0, middle), batch.slice(middle)];
}

function answerLimits(texts: number) {
  return {
    bytes: limitsBeside.bytes + texts * limitsPerText.bytes,
    values: limitsBeside.values + texts * limitsPerText.values,
    depth: limitsBeside.depth,
  };
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

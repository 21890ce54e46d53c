import { ClusteringError } from '../../clustering-error.ts';
import { startWorker } from '../../start-worker.ts';
import type { Embedder, EmbedOptions, EmbedOutcome } from '../embedder.ts';
import { localDimension } from './embed-text.ts';
import { embedRows, type LocalMethods } from './local-methods.ts';
import type { Rarity } from './rarity.ts';

// Changes with every change to what a text's vector is.
const version = 1;
const textsPerCall = 250;
// Fewer texts are embedded sooner than a thread has started.
const mostInPlace = 50;

export interface LocalEmbedderOptions {
  /** How rare words are in the library, from `measureRarity`. Default: all words weigh the same. */
  readonly rarity?: Rarity;
}

/**
 * Embeds on this machine with no model and no download: phrases, words and pieces of words, the rare weighing more,
 * hashed into 768 numbers. With `localThreshold`, thresholds group a library as they do with
 * hosted models. The model name holds a fingerprint of the rarity. Texts without a word have the outcome `empty-text`.
 */
export function createLocalEmbedder(options: LocalEmbedderOptions = {}): Embedder {
  const { rarity = null } = options;
  return {
    provider: 'local',
    model: `local-${version}${rarity ? `-${rarity.fingerprint()}` : ''}`,
    async *embed(texts, { signal }: EmbedOptions = {}) {
      signal?.throwIfAborted();
      if (texts.length > mostInPlace) yield* embedOnThread(texts, rarity, signal);
      else if (texts.length > 0) yield outcomesOf(embedRows(texts, rarity), 0);
    },
  };
}

async function* embedOnThread(
  texts: readonly string[],
  rarity: Rarity | null,
  signal: AbortSignal | undefined,
) {
  const worker = startWorker<LocalMethods>('local-worker.js', rarity?.toBytes() ?? null);
  const embedFrom = (first: number) => {
    const rows = worker.call('embed', texts.slice(first, first + textsPerCall), { signal });
    // Awaited in the next round; an abort in between must not count as unhandled.
    rows.catch(() => undefined);
    return rows;
  };
  try {
    let next = embedFrom(0);
    for (let first = 0; first < texts.length; first += textsPerCall) {
      const rows = await next;
      if (first + textsPerCall < texts.length) next = embedFrom(first + textsPerCall);
      yield outcomesOf(rows, first);
      signal?.throwIfAborted();
    }
  } finally {
    await worker.end(new Error('The embedding is over'));
  }
}

function outcomesOf(rows: Float32Array, first: number): EmbedOutcome[] {
  return Array.from({ length: rows.length / localDimension }, (_, position) => {
    const index = first + position;
    const vector = rows.slice(position * localDimension, (position + 1) * localDimension);
    if (vector[localDimension - 1] !== 0) return { index, vector };
    return { index, error: new ClusteringError('empty-text', 'there is no word in the text') };
  });
}

import { ClusteringError } from '../../clustering-error.ts';
import { AskedThread } from '../../threads/asked-thread.ts';
import type { Embedder, EmbedOptions, EmbedOutcome } from '../embedder.ts';
import { localDimension } from './embed-text.ts';
import { embedRows, type LocalAnswer, type LocalQuestion, type LocalTask } from './local-task.ts';
import type { Rarity } from './rarity.ts';

// Changes with every change to what a text's vector is.
const version = 1;
const textsPerQuestion = 250;
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
  const task: LocalTask = { kind: 'embed', rarity: rarity?.toBytes() ?? null };
  const thread = new AskedThread<LocalQuestion, LocalAnswer>('local-worker.js', task);
  const abort = () => void thread.end(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    let next = thread.ask(texts.slice(0, textsPerQuestion));
    for (let first = 0; first < texts.length; first += textsPerQuestion) {
      const rows = await next;
      const following = texts.slice(first + textsPerQuestion, first + 2 * textsPerQuestion);
      if (following.length > 0) {
        next = thread.ask(following);
        // Awaited in the next round; an abort in between must not count as unhandled.
        next.catch(() => {});
      }
      if (rows instanceof Float32Array) yield outcomesOf(rows, first);
      signal?.throwIfAborted();
    }
  } finally {
    signal?.removeEventListener('abort', abort);
    await thread.end(new ClusteringError('closed', 'the embedding was given up'));
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

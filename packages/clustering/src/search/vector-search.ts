import { ClusteringError } from '../clustering-error.ts';
import { AskedThread } from '../threads/asked-thread.ts';
import { VectorSet } from '../vectors/vector-set.ts';
import {
  searchMethods,
  type SearchHit,
  type SearchMethod,
  type SearchQuestion,
  type SearchTask,
} from './search-task.ts';

export interface SearchOptions {
  /** How many at most. Default 50. */
  readonly topK?: number;
  /** The least cosine, -1 to 1. Default 0. */
  readonly minScore?: number;
  /** Gives the search up; the promise rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** The vectors of a set, held ready to be searched on a thread of its own. */
export interface VectorSearch {
  /** The nearest to the query, nearest first, equally near ones by index. Throws as `VectorSet.add` does, and `closed`. */
  search(query: ArrayLike<number>, options?: SearchOptions): Promise<SearchHit[]>;
  /** Ends the thread; searches under way reject with `closed`. */
  close(): Promise<void>;
}

/**
 * Opens a search over the vectors that the set has now; what is added later is not found. `fast` (the default) compares
 * bytes first and the best of them exactly: its scores are exact, and of the true first ten 99 in a hundred or more are
 * found. It takes a byte a number beside the set. `exact` compares everything.
 */
export function openVectorSearch(
  vectors: VectorSet,
  options: { readonly method?: SearchMethod } = {},
): VectorSearch {
  const { method = 'fast' } = options;
  if (!searchMethods.includes(method)) {
    throw new RangeError(`method must be one of ${searchMethods.join(', ')}, not ${method as string}`);
  }
  const task: SearchTask = { vectors: vectors.parts(), method };
  const thread = new AskedThread<SearchQuestion, SearchHit[]>('search-worker.js', task);
  return {
    async search(query, { topK = 50, minScore = 0, signal } = {}) {
      if (!Number.isSafeInteger(topK) || topK < 1)
        throw new RangeError(`topK must be a whole number from 1 up, not ${topK}`);
      if (!(minScore >= -1 && minScore <= 1))
        throw new RangeError(`minScore must be from -1 to 1, not ${minScore}`);
      signal?.throwIfAborted();
      const unit = new VectorSet(vectors.dimension, { capacity: 1 });
      unit.add(query);
      return givenUp(thread.ask({ query: unit.at(0), topK, minScore }), signal);
    },
    close: () => thread.end(new ClusteringError('closed', 'the search is closed')),
  };
}

/** Rejects with the signal's reason as soon as it aborts; the thread finishes what it does and nobody listens. */
async function givenUp<T>(answer: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (signal === undefined) return answer;
  const { promise: aborted, reject } = withReject();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    return await Promise.race([answer, aborted]);
  } finally {
    signal.removeEventListener('abort', abort);
  }
}

function withReject(): { promise: Promise<never>; reject: (reason: unknown) => void } {
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<never>((_, rejected) => {
    reject = rejected;
  });
  return { promise, reject };
}

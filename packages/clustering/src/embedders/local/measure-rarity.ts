import { ClusteringError } from '../../clustering-error.ts';
import { AskedThread } from '../../threads/asked-thread.ts';
import type { LocalAnswer, LocalQuestion, LocalTask } from './local-task.ts';
import { Rarity } from './rarity.ts';

const textsPerQuestion = 500;

/**
 * Measures how rare words and phrases are among these texts, on a thread of its own. The texts may be a sample of the
 * library: a few thousand are enough to tell the common from the rare.
 */
export async function measureRarity(
  texts: Iterable<string> | AsyncIterable<string>,
  options: { signal?: AbortSignal } = {},
): Promise<Rarity> {
  const { signal } = options;
  signal?.throwIfAborted();
  const task: LocalTask = { kind: 'count' };
  const thread = new AskedThread<LocalQuestion, LocalAnswer>('local-worker.js', task);
  const abort = () => void thread.end(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  try {
    let some: string[] = [];
    for await (const text of texts) {
      some.push(text);
      if (some.length < textsPerQuestion) continue;
      await thread.ask(some);
      some = [];
    }
    if (some.length > 0) await thread.ask(some);
    const bytes = await thread.ask(null);
    if (!(bytes instanceof Uint8Array))
      throw new ClusteringError('worker-failed', 'the thread gave no rarity');
    return Rarity.fromBytes(bytes);
  } finally {
    signal?.removeEventListener('abort', abort);
    await thread.end(new ClusteringError('closed', 'the measuring was given up'));
  }
}

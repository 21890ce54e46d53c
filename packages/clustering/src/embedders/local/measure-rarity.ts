import { startWorker } from '../../start-worker.ts';
import type { LocalMethods } from './local-methods.ts';
import { Rarity } from './rarity.ts';

const textsPerCall = 500;

/**
 * Measures how rare words and phrases are among these texts, on a thread of its own. The texts may be a sample of the
 * library: a few thousand are enough to tell the common from the rare.
 */
export async function measureRarity(
  texts: Iterable<string> | AsyncIterable<string>,
  options: { signal?: AbortSignal } = {},
): Promise<Rarity> {
  options.signal?.throwIfAborted();
  const worker = startWorker<LocalMethods>('local-worker.js', null);
  try {
    let some: string[] = [];
    for await (const text of texts) {
      some.push(text);
      if (some.length < textsPerCall) continue;
      await worker.call('count', some, options);
      some = [];
    }
    await worker.call('count', some, options);
    return Rarity.fromBytes(await worker.call('rarity', undefined, options));
  } finally {
    await worker.end(new Error('The measuring is over'));
  }
}

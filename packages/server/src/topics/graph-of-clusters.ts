import { buildTagGraph, type TagGraph } from '@iib-kit/clustering';
import { createOpenaiAbstractor } from '@iib-kit/clustering/openai';

import type { AiSettings } from './ai-settings.ts';
import type { TopicCache } from '@iib-kit/catalog';
import { keyOf, type CachedClustering } from './cluster-cache.ts';
import { hasProvider, providerOf } from './embedding-source.ts';
import { withoutKey } from './provider-refusal.ts';

/** Increased when graphs of earlier versions can no longer be used. */
const VERSION = 1;

/** A graph, and why its abstractions are not the model's although there is one. */
export interface CachedGraph extends Omit<TagGraph, 'error'> {
  readonly failure: string | null;
}

/** The tag graph of a clustering; made once, unless the model failed. */
export async function graphOfClusters(
  { result, updatedAt, basis }: CachedClustering,
  { lang, signal }: { lang: string; signal: AbortSignal },
  { index, ai }: { index: TopicCache; ai: AiSettings },
): Promise<CachedGraph> {
  // Clusters that were named without the provider are not sent to it now.
  const model = hasProvider(ai) && result.titleModel !== 'local' ? ai.chatModel : undefined;
  const key = keyOf(['graph', VERSION, result.cacheKey, updatedAt, lang, model ?? 'local']);
  const cached = await index.cachedClusters(key);
  // Only this function writes under such a key.
  if (cached !== undefined) return cached.result as CachedGraph;
  const clusters = result.clusters.map(({ id, title, keywords, size }) => ({ id, title, keywords, size }));
  const { error, ...graph } = await buildTagGraph(clusters, {
    ...(model === undefined ? {} : { abstractor: createOpenaiAbstractor({ ...providerOf(ai), model }) }),
    lang,
    signal,
  });
  const made = { ...graph, failure: error === undefined ? null : withoutKey(error.message, ai) };
  if (error === undefined) {
    const { embeddingsCount, embeddingsUpdatedAt } = basis;
    const about = { folders: result.folders, model: result.model, embeddingsCount, embeddingsUpdatedAt };
    await index.saveClusters(key, { ...about, parameters: {}, result: made });
  }
  return made;
}

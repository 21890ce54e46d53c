import path from 'node:path';

import { LRUCache } from 'lru-cache';

import type { AiSettings } from './ai-settings.ts';
import { createJobTurns } from '../jobs/job-turns.ts';
import type { Logger } from '../ports/logger.ts';
import { clusterFolders, keptClusters, type ClusterRun, type Staleness } from './cluster-folders.ts';
import type { KeptClusters } from './cluster-cache.ts';
import { DEFAULT_MAX_CHARS, type ClusterRequest } from './cluster-request.ts';
import type { ClusterResult } from './cluster-result.ts';
import { embeddingSource, type EmbeddingSource, type SourceRequest } from './embedding-source.ts';
import { readFolderTexts, type ImageScope, type PromptedImage } from './folder-texts.ts';
import { embedImages, type EmbedRun, type EmbedSummary, type TextHashes } from './image-embeddings.ts';
import { localRarity } from './local-rarity.ts';
import { promptPreparation } from './prompt-preparation.ts';
import { namingNoKey } from './provider-refusal.ts';
import type { TopicIndex } from './topic-index.ts';

/** Requests that are remembered to have nothing left to embed. */
const MOST_ENSURED = 100;

/** What to give vectors, and how. */
export interface EmbedRequest extends ImageScope, SourceRequest {
  /** Makes vectors also where they are there, and asks again about what was refused. */
  readonly force?: boolean | undefined;
  readonly maxChars?: number | undefined;
}

/** Finds what images are about. Folders of requests are absolute and checked. */
export interface Topics {
  /** Throws a `Refusal` 400 for a provider that is not there, `ClusteringError` for what its model says. */
  clusterFolders(request: ClusterRequest, run: ClusterRun): Promise<ClusterResult>;
  keptClusters(request: ClusterRequest, signal: AbortSignal): Promise<(KeptClusters & Staleness) | undefined>;
  /** Gives the images of folders their vectors. */
  embedFolders(request: EmbedRequest, run: EmbedRun): Promise<EmbedSummary>;
  /** The same, but at once where it was done and no image has changed since. */
  ensureEmbedded(request: EmbedRequest, run: EmbedRun): Promise<void>;
  /** The vector of a text, comparable with those of images. */
  embedText(text: string, request: SourceRequest, signal: AbortSignal): Promise<Float32Array>;
}

export function createTopics({
  index,
  ai,
  cacheDir,
  log,
}: {
  readonly index: TopicIndex;
  readonly ai: AiSettings;
  readonly cacheDir: string;
  readonly log: Logger;
}): Topics {
  const forRarity = promptPreparation(ai, DEFAULT_MAX_CHARS);
  const rarity = localRarity(path.join(cacheDir, `local-embedder-${forRarity.version}`), {
    index,
    preparation: forRarity,
    log,
  });
  // Two runs over the same images would pay for them twice.
  const turns = createJobTurns();

  const embed = (
    images: readonly PromptedImage[],
    { source, maxChars, force }: { source: EmbeddingSource; maxChars: number | undefined; force: boolean },
    run: EmbedRun,
  ): Promise<EmbedSummary & { readonly hashes: TextHashes }> => {
    const preparation = promptPreparation(ai, maxChars ?? DEFAULT_MAX_CHARS);
    return turns.take(source.model, run.signal, () =>
      embedImages(images, { source, preparation, force }, run, { index, ai, rarity }),
    );
  };

  const embedFolders: Topics['embedFolders'] = async (request, run) => {
    const source = embeddingSource(ai, request);
    const { maxChars, force = false } = request;
    const preparation = promptPreparation(ai, maxChars ?? DEFAULT_MAX_CHARS);
    const { images } = await readFolderTexts(index, request, { preparation, signal: run.signal });
    const { hashes: _, ...summary } = await namingNoKey(ai, embed(images, { source, maxChars, force }, run));
    return summary;
  };

  // What was seen to have its vectors, with how many changes of images there had been by then.
  const ensured = new LRUCache<string, number>({ max: MOST_ENSURED });
  let changes = 0;
  index.subscribe(({ kind }) => {
    if (kind === 'images') changes += 1;
  });
  const stateKey = async ({ folders, recursive, maxChars, ...request }: EmbedRequest): Promise<string> => {
    const { model } = embeddingSource(ai, request).open(await rarity.known());
    return JSON.stringify([model, folders, recursive, maxChars]);
  };

  return {
    embedFolders,
    async ensureEmbedded(request, run) {
      if (ensured.get(await stateKey(request)) === changes) return;
      const before = changes;
      const { failed } = await embedFolders(request, run);
      if (failed > 0) return;
      ensured.set(await stateKey(request), before);
    },
    clusterFolders: (request, run) =>
      namingNoKey(
        ai,
        clusterFolders(request, run, {
          index,
          ai,
          embed: (images, { maxChars }, { force, ...options }) =>
            embed(images, { source: embeddingSource(ai, request), maxChars, force }, options),
        }),
      ),
    keptClusters: (request, signal) => keptClusters(request, { index, ai, signal }),
    async embedText(text, request, signal) {
      const source = embeddingSource(ai, request);
      const embedder = source.open(source.embedder === 'local' ? await rarity.known() : undefined);
      const work = async () => {
        for await (const outcomes of embedder.embed([text], { signal })) {
          for (const outcome of outcomes) {
            if ('error' in outcome) throw outcome.error;
            return outcome.vector;
          }
        }
        throw new TypeError(`the embedder ${embedder.model} gave nothing for a text`);
      };
      return namingNoKey(ai, work());
    },
  };
}

import path from 'node:path';

import type { AiSettings } from './ai-settings.ts';
import { createKeyedLimiter } from '../jobs/keyed-limiter.ts';
import type { Logger } from '../ports/logger.ts';
import { clusterFolders, cachedClustering, type ClusterRun, type Staleness } from './cluster-folders.ts';
import type { CachedClustering } from './cluster-cache.ts';
import { DEFAULT_MAX_CHARS, type ClusterRequest } from './cluster-request.ts';
import type { ClusterResult } from './cluster-result.ts';
import { embeddingSource, type EmbeddingSource, type SourceRequest } from './embedding-source.ts';
import { readFolderTexts, type ImageScope, type PromptedImage } from './folder-texts.ts';
import { embedImages, type EmbedRun, type EmbedSummary, type TextHashes } from './image-embeddings.ts';
import { createEmbeddedRequests } from './embedded-requests.ts';
import { embedText } from './embed-text.ts';
import { localRarity, type LocalRarity } from './local-rarity.ts';
import { promptPreparation } from './prompt-preparation.ts';
import { namingNoKey } from './provider-refusal.ts';
import type { TopicIndex } from './topic-index.ts';

/** Which images to embed, and how. */
export interface EmbedRequest extends ImageScope, SourceRequest {
  /** Makes existing vectors again, and retries refused texts. */
  readonly force?: boolean | undefined;
  readonly maxChars?: number | undefined;
}

/** Finds what images are about. Folders of requests are absolute and checked. */
export interface Topics {
  /** Throws a `Refusal` 400 for a provider that is not there, `ClusteringError` when its model fails. */
  clusterFolders(request: ClusterRequest, run: ClusterRun): Promise<ClusterResult>;
  cachedClustering(
    request: ClusterRequest,
    signal: AbortSignal,
  ): Promise<(CachedClustering & Staleness) | undefined>;
  /** Gives the images of folders their vectors. */
  embedFolders(request: EmbedRequest, run: EmbedRun): Promise<EmbedSummary>;
  /** Returns at once where this was done before and no image has changed since. */
  ensureEmbedded(request: EmbedRequest, run: EmbedRun): Promise<void>;
  /** The vector of a text, comparable with those of images. */
  embedText(text: string, request: SourceRequest, signal: AbortSignal): Promise<Float32Array>;
}

interface TopicParts {
  readonly index: TopicIndex;
  readonly ai: AiSettings;
  readonly cacheDir: string;
  readonly log: Logger;
}

export function createTopics({ index, ai, cacheDir, log }: TopicParts): Topics {
  const preparation = promptPreparation(ai, DEFAULT_MAX_CHARS);
  const rarityFile = path.join(cacheDir, `local-embedder-${preparation.version}`);
  const rarity = localRarity(rarityFile, { index, preparation, log });
  const parts = { index, ai, rarity };
  const embed = createEmbed(parts);
  const embedFolders: Topics['embedFolders'] = (request, run) =>
    namingNoKey(ai, embedInFolders(request, run, { index, ai, embed }));
  const embedded = createEmbeddedRequests(index);
  const keyOf = async ({ folders, recursive, maxChars, ...request }: EmbedRequest): Promise<string> => {
    const { model } = embeddingSource(ai, request).open(await rarity.known());
    return JSON.stringify([model, folders, recursive, maxChars]);
  };

  return {
    embedFolders,
    async ensureEmbedded(request, run) {
      if (embedded.has(await keyOf(request))) return;
      const before = embedded.changes();
      const { failed } = await embedFolders(request, run);
      if (failed === 0) embedded.add(await keyOf(request), before);
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
    cachedClustering: (request, signal) => cachedClustering(request, { index, ai, signal }),
    embedText: (text, request, signal) => embedText(text, request, signal, parts),
  };
}

interface EmbedHow {
  readonly source: EmbeddingSource;
  readonly maxChars: number | undefined;
  readonly force: boolean;
}

type Embed = (
  images: readonly PromptedImage[],
  how: EmbedHow,
  run: EmbedRun,
) => Promise<EmbedSummary & { readonly hashes: TextHashes }>;

/** Embeds with one model at a time: two runs over the same images would pay for them twice. */
function createEmbed(parts: { index: TopicIndex; ai: AiSettings; rarity: LocalRarity }): Embed {
  const limiter = createKeyedLimiter();
  return (images, { source, maxChars, force }, run) => {
    const preparation = promptPreparation(parts.ai, maxChars ?? DEFAULT_MAX_CHARS);
    return limiter.take(source.model, run.signal, () =>
      embedImages(images, { source, preparation, force }, run, parts),
    );
  };
}

async function embedInFolders(
  request: EmbedRequest,
  run: EmbedRun,
  { index, ai, embed }: { index: TopicIndex; ai: AiSettings; embed: Embed },
): Promise<EmbedSummary> {
  const source = embeddingSource(ai, request);
  const { maxChars, force = false } = request;
  const preparation = promptPreparation(ai, maxChars ?? DEFAULT_MAX_CHARS);
  const { images } = await readFolderTexts(index, request, { preparation, signal: run.signal });
  const { hashes: _, ...summary } = await embed(images, { source, maxChars, force }, run);
  return summary;
}

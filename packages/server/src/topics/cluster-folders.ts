import { randomUUID } from 'node:crypto';

import { clusterByThreshold, localThreshold, nameClusters, type NameCache } from '@iib-kit/clustering';

import type { AiSettings } from './ai-settings.ts';
import {
  clusterKey,
  embeddingsState,
  cacheClustering,
  readClustering,
  readIibClustering,
  type ClusterBasis,
  type CachedClustering,
} from './cluster-cache.ts';
import {
  DEFAULT_LANG,
  DEFAULT_MAX_CHARS,
  DEFAULT_MIN_CLUSTER_SIZE,
  DEFAULT_THRESHOLD,
  type ClusterRequest,
} from './cluster-request.ts';
import type { ClusterResult, TopicCluster } from './cluster-result.ts';
import { embeddingSource } from './embedding-source.ts';
import { readFolderState, readFolderTexts, type PromptedImage } from './folder-texts.ts';
import {
  embeddingStates,
  readVectors,
  type EmbedProgress,
  type EmbedSummary,
  type ImageVectors,
  type TextHashes,
} from './image-embeddings.ts';
import { nameSource, type NameSource } from './name-source.ts';
import { promptPreparation } from './prompt-preparation.ts';
import { withoutKey } from './provider-refusal.ts';
import type { TopicIndex } from './topic-index.ts';

/** The parts of a clustering, in their order. */
export const clusterStages = ['init', 'embedding', 'clustering', 'titling'] as const;
export type ClusterStage = (typeof clusterStages)[number];

/** The progress of a clustering. Counts that are not known yet are missing. */
export interface ClusterProgress extends Partial<EmbedProgress> {
  readonly stage: ClusterStage;
  /** Progress of the whole job, 0 to 1. */
  readonly share: number;
  /** The first of the folders. */
  readonly folder: string;
  /** Images found so far. */
  readonly scanned: number;
  readonly itemsTotal?: number;
  readonly itemsDone?: number;
  readonly clustersTotal?: number;
  readonly clustersDone?: number;
}

export interface ClusterRun {
  readonly signal: AbortSignal;
  readonly onProgress?: (progress: ClusterProgress) => void;
}

interface Parts {
  readonly index: TopicIndex;
  readonly ai: AiSettings;
  readonly embed: (
    images: readonly PromptedImage[],
    request: ClusterRequest,
    options: { force: boolean; signal: AbortSignal; onProgress: (progress: EmbedProgress) => void },
  ) => Promise<EmbedSummary & { readonly hashes: TextHashes }>;
}

/** Where each stage begins in the whole; embedding by a provider takes most of the time. */
const stageStart: Readonly<Record<ClusterStage, number>> = {
  init: 0,
  embedding: 0.05,
  clustering: 0.6,
  titling: 0.8,
};

/** Groups the images of folders by what their prompts say. A cached result that still holds is returned instead. */
export async function clusterFolders(
  request: ClusterRequest,
  { signal, onProgress }: ClusterRun,
  parts: Parts,
): Promise<ClusterResult> {
  const { index, ai } = parts;
  const notify = progressNotifier(request, onProgress);
  notify('init', 0);
  const cached = await reusableResult(request, { index, ai, signal });
  if (cached !== undefined) return cached;
  const preparation = promptPreparation(ai, request.maxChars ?? DEFAULT_MAX_CHARS);
  const { images, fingerprint } = await readFolderTexts(index, request, {
    preparation,
    signal,
    onProgress: (scanned) => notify('init', 0, { scanned }),
  });
  const embedded = await parts.embed(images, request, {
    force: request.forceEmbed ?? false,
    signal,
    onProgress: (progress) =>
      notify('embedding', progress.embeddedDone / Math.max(1, progress.toEmbed), progress),
  });
  const vectors = await readVectors(images, request, { index, hashes: embedded.hashes, signal });
  const members = await clusterVectors(vectors, request, { ai, signal, notify });
  const names = nameSource(ai, request);
  const named = await nameAll(images, members, { request, names, index, ai, signal, notify });
  const grouped = new Set(members.flat());
  const states = await embeddingStates(index, embedded.hashes.model, pathsOf(images), signal);
  const result: ClusterResult = {
    ...describedRequest(request, ai),
    count: images.length,
    clusters: named.clusters,
    noise: images.filter((_, position) => !grouped.has(position)).map(({ path }) => path),
    failed: embedded.failed,
    skippedFailed: embedded.skippedFailed,
    failure: embedded.failure ?? (vectors.vectors === undefined ? whyNothing(images, embedded) : null),
    titleFailure: named.failure ?? null,
    runId: randomUUID(),
    cacheHit: false,
  };
  await cacheClustering(index, result, { images: images.length, fingerprint, ...embeddingsState(states) });
  return result;
}

/** The cached result of a request, where it still holds and nothing is asked for again. */
async function reusableResult(
  request: ClusterRequest,
  parts: { index: TopicIndex; ai: AiSettings; signal: AbortSignal },
): Promise<ClusterResult | undefined> {
  // Refuses a request for a provider that is not configured.
  keyOfRequest(request, parts.ai);
  if (request.forceEmbed === true || request.forceTitle === true || request.useTitleCache === false) {
    return undefined;
  }
  const cached = await cachedClustering(request, parts);
  if (cached === undefined || cached.isStale || !isWhole(cached.result)) return undefined;
  return { ...cached.result, cacheHit: true };
}

/** Members of each cluster, as positions in the list of images. */
async function clusterVectors(
  { vectors, positions }: ImageVectors,
  request: ClusterRequest,
  { ai, signal, notify }: { ai: AiSettings; signal: AbortSignal; notify: Notify },
): Promise<readonly (readonly number[])[]> {
  notify('clustering', 0, { itemsTotal: positions.length, itemsDone: 0 });
  if (vectors === undefined) return [];
  const { threshold = DEFAULT_THRESHOLD, minClusterSize = DEFAULT_MIN_CLUSTER_SIZE } = request;
  const isLocal = embeddingSource(ai, request).embedder === 'local';
  const cosineFor = (asked: number) => (isLocal ? localThreshold(asked) : asked);
  const { clusters } = await clusterByThreshold(vectors, {
    threshold: cosineFor(threshold),
    minClusterSize,
    ...(request.assignNoiseThreshold === undefined
      ? {}
      : { assignNoiseThreshold: cosineFor(request.assignNoiseThreshold) }),
    signal,
    onProgress: (share) => notify('clustering', share, { itemsDone: Math.floor(share * positions.length) }),
  });
  return clusters.map((cluster) => cluster.members.map((member) => positions[member] ?? 0));
}

/** The parameters of a request as its result repeats them. */
function describedRequest(request: ClusterRequest, ai: AiSettings) {
  const source = embeddingSource(ai, request);
  return {
    folder: request.folders[0] ?? '',
    folders: request.folders,
    threshold: request.threshold ?? DEFAULT_THRESHOLD,
    minClusterSize: request.minClusterSize ?? DEFAULT_MIN_CLUSTER_SIZE,
    assignNoiseThreshold: request.assignNoiseThreshold ?? null,
    lang: request.lang ?? DEFAULT_LANG,
    embedder: source.embedder,
    model: source.model,
    titleModel: nameSource(ai, request).model,
    textVersion: promptPreparation(ai, request.maxChars ?? DEFAULT_MAX_CHARS).version,
    cacheKey: keyOfRequest(request, ai),
  };
}

/** Why a cached result no longer holds. */
export interface Staleness {
  readonly isStale: boolean;
  readonly foldersChanged: boolean;
  readonly embeddingsChanged: boolean;
  /** What a new result would be made from. */
  readonly current: ClusterBasis;
}

/** The result that is cached for a request, and whether it still holds. Clusters nothing and asks no model. */
export async function cachedClustering(
  request: ClusterRequest,
  { index, ai, signal }: { index: TopicIndex; ai: AiSettings; signal: AbortSignal },
): Promise<(CachedClustering & Staleness) | undefined> {
  const { model } = embeddingSource(ai, request);
  const cached =
    (await readClustering(index, keyOfRequest(request, ai))) ??
    (await readIibClustering(index, request, model));
  if (cached === undefined) return undefined;
  const { paths, fingerprint } = await readFolderState(index, request, { signal });
  const states = await embeddingStates(index, model, paths, signal);
  const current = { images: paths.length, fingerprint, ...embeddingsState(states) };
  const foldersChanged =
    cached.basis.fingerprint === undefined
      ? !isOver(cached.result, paths)
      : fingerprint !== cached.basis.fingerprint;
  const embeddingsChanged =
    current.embeddingsCount !== cached.basis.embeddingsCount ||
    current.embeddingsUpdatedAt !== cached.basis.embeddingsUpdatedAt;
  return {
    ...cached,
    current,
    foldersChanged,
    embeddingsChanged,
    isStale: foldersChanged || embeddingsChanged,
  };
}

/** Whether a result is over exactly these images. */
function isOver({ clusters, noise }: ClusterResult, paths: readonly string[]): boolean {
  const grouped = new Set([...clusters.flatMap((cluster) => cluster.paths), ...noise]);
  return grouped.size === paths.length && paths.every((image) => grouped.has(image));
}

/** The key under which the result of a request is cached. Throws a `Refusal` 400 for a provider that is not there. */
export function keyOfRequest(request: ClusterRequest, ai: AiSettings): string {
  return clusterKey(request, {
    model: embeddingSource(ai, request).model,
    titleModel: nameSource(ai, request).model,
    textVersion: promptPreparation(ai, request.maxChars ?? DEFAULT_MAX_CHARS).version,
  });
}

/** Why there is no image to cluster. */
function whyNothing(images: readonly PromptedImage[], { skippedFailed }: EmbedSummary): string {
  if (images.length === 0) return 'there are no images in these folders';
  if (skippedFailed > 0)
    return `the model refused the prompts of ${skippedFailed} images earlier; force_embed asks it again`;
  return `none of the ${images.length} images has a prompt`;
}

/** A temporary failure may not recur: such a result is not reused. */
function isWhole({ failed, titleFailure }: ClusterResult): boolean {
  return failed === 0 && titleFailure === null;
}

async function nameAll(
  images: readonly PromptedImage[],
  members: readonly (readonly number[])[],
  options: {
    request: ClusterRequest;
    names: NameSource;
    index: TopicIndex;
    ai: AiSettings;
    signal: AbortSignal;
    notify: Notify;
  },
): Promise<{ clusters: TopicCluster[]; failure: string | undefined }> {
  const { request, names, index, ai, signal, notify } = options;
  const { useTitleCache = true, forceTitle = false, lang = DEFAULT_LANG } = request;
  notify('titling', 0, { clustersTotal: members.length, clustersDone: 0 });
  const named = await nameClusters(
    images.map(({ text }) => text),
    members.map((positions) => ({ members: positions })),
    {
      ...(names.namer === undefined ? {} : { namer: names.namer, cache: titleCache(index, names.model) }),
      lang,
      force: forceTitle || !useTitleCache,
      signal,
      onProgress: (done, total) =>
        notify('titling', done / total, { clustersTotal: total, clustersDone: done }),
    },
  );
  const failure = named.find(({ error }) => error !== undefined)?.error?.message;
  const clusters = members.map((positions, number) => {
    const { title = '', keywords = [] } = named[number] ?? {};
    const [first = 0] = positions;
    return {
      id: `topic_${number + 1}`,
      title,
      keywords,
      size: positions.length,
      paths: positions.map((position) => images[position]?.path ?? ''),
      samplePrompt: images[first]?.text ?? '',
    };
  });
  return { clusters, failure: failure === undefined ? undefined : withoutKey(failure, ai) };
}

function titleCache(index: TopicIndex, model: string): NameCache {
  return {
    get: async (key) => index.cachedTitle(key),
    set: (key, { title, keywords }) => index.saveTitle(key, { title, keywords, model }),
  };
}

type Notify = (stage: ClusterStage, share: number, counts?: Partial<ClusterProgress>) => void;

/** Accumulates the counts, so that those of earlier stages stay visible. */
function progressNotifier(request: ClusterRequest, onProgress: ClusterRun['onProgress']): Notify {
  let counts: Partial<ClusterProgress> = {};
  return (stage, share, more = {}) => {
    counts = { ...counts, ...more };
    const start = stageStart[stage];
    const end = stageStart[clusterStages[clusterStages.indexOf(stage) + 1] ?? stage];
    const whole = start + (Math.max(start, end === start ? 1 : end) - start) * Math.min(1, share);
    onProgress?.({ scanned: 0, ...counts, stage, share: whole, folder: request.folders[0] ?? '' });
  };
}

function pathsOf(images: readonly PromptedImage[]): string[] {
  return images.map(({ path }) => path);
}

import { MAX_CHAT_LENGTH, type api, type Handlers, type ParsedInputOf } from '@iib-kit/contract';

import type { RequestContext } from './context.ts';
import { HttpError } from '../http/http-error.ts';
import { eventHeaders } from '../http/event-stream.ts';
import { jsonReply, type Reply } from '../http/reply.ts';
import { text } from '../ports/text.ts';
import { chatWithModel } from '../topics/chat-with-model.ts';
import { keyOfRequest } from '../topics/cluster-folders.ts';
import { CLUSTER_JOB, referenceTo } from '../topics/cluster-job.ts';
import type { ClusterRequest } from '../topics/cluster-request.ts';
import type { ClusterResult } from '../topics/cluster-result.ts';
import { embeddingSource } from '../topics/embedding-source.ts';
import { clusterJobToResponse } from './cluster-job.ts';
import { requestedFolders } from './requested-folders.ts';
import { searchByMeaning } from '../topics/search-by-meaning.ts';
import { clusterToResponse } from './responses/cluster-to-response.ts';

export const ai: Handlers<typeof api, RequestContext, Reply>['ai'] = {
  async chat(chat, { ai, request }) {
    if (JSON.stringify(chat.messages).length > MAX_CHAT_LENGTH) {
      throw new HttpError(
        413,
        text(
          `messages can have at most ${MAX_CHAT_LENGTH} characters`,
          `消息总长不能超过 ${MAX_CHAT_LENGTH} 个字符`,
        ),
      );
    }
    const { max_tokens: maxTokens, ...asked } = chat;
    const answer = await chatWithModel({ ...asked, maxTokens }, request.signal, ai);
    if ('json' in answer) return jsonReply(answer.json);
    return { status: 200, headers: eventHeaders, body: answer.events };
  },

  async buildEmbeddings({ embedder, model, force, batch_size, max_chars, recursive, ...named }, context) {
    const folders = await requestedFolders(named, context);
    const asked = { embedder, model, batchSize: batch_size };
    const source = embeddingSource(context.ai, asked);
    const request = { ...asked, folders, recursive, force, maxChars: max_chars };
    const { done } = context.jobs.start({
      kind: 'embed',
      shareAs: `embed ${JSON.stringify([request, source.embedder, source.model])}`,
      detail: { folder: folders[0] ?? '', embedder: source.embedder, model: source.model },
      run: ({ signal, report }) =>
        context.topics.embedFolders(request, {
          signal,
          onProgress: (counts) =>
            report({
              stage: 'embedding',
              progress: counts.embeddedDone / Math.max(1, counts.toEmbed),
              detail: { folder: folders[0] ?? '', embedder: source.embedder, model: source.model, ...counts },
            }),
        }),
    });
    const { count, updated, skipped, skippedFailed, failed, failure = null } = await done;
    return {
      folder: folders[0] ?? '',
      folders: [...folders],
      count,
      updated,
      skipped,
      skipped_failed: skippedFailed,
      failed,
      failure,
      embedder: source.embedder,
      model: source.model,
    };
  },

  async startClusterJob(input, context) {
    const request = await clusterRequest(input, context);
    const { embedder, model } = embeddingSource(context.ai, request);
    const { id } = context.jobs.start<ClusterResult>({
      kind: CLUSTER_JOB,
      shareAs: `cluster ${JSON.stringify(request)}`,
      detail: { folder: request.folders[0] ?? '', embedder, model },
      run: ({ signal, report }) =>
        context.topics.clusterFolders(request, {
          signal,
          onProgress: ({ stage, share, ...counts }) =>
            report({ stage, progress: share, detail: { ...counts, embedder, model } }),
        }),
      toResult: referenceTo,
    });
    return { job_id: id, embedder, model };
  },

  async clusterJobStatus({ job_id }, { access, jobs, index }) {
    const job = jobs.get(job_id);
    if (job?.kind !== CLUSTER_JOB) {
      throw new HttpError(
        404,
        text(
          `there is no clustering job ${JSON.stringify(job_id)}`,
          `没有聚类任务 ${JSON.stringify(job_id)}`,
        ),
      );
    }
    return clusterJobToResponse(job, { access, jobs, index });
  },

  async cachedClusters(input, context) {
    const request = await clusterRequest(input, context);
    const { embedder, model } = embeddingSource(context.ai, request);
    const cache_key = keyOfRequest(request, context.ai);
    const cached = await context.topics.cachedClustering(request, context.request.signal);
    return {
      cache_key: cached?.result.cacheKey ?? cache_key,
      cache_hit: cached !== undefined,
      cached_at: cached === undefined ? null : Date.parse(cached.updatedAt) / 1000,
      stale: cached?.isStale ?? false,
      stale_reason: {
        folders_changed: cached?.foldersChanged ?? false,
        embeddings_changed: cached?.embeddingsChanged ?? false,
        reason: staleReason(cached),
        stored: cached?.basis.images ?? null,
        current: cached?.current.images ?? null,
        embeddings_count: cached?.current.embeddingsCount ?? null,
        embeddings_max_updated_at: cached?.current.embeddingsUpdatedAt ?? null,
      },
      embedder,
      model,
      result: cached === undefined ? null : clusterToResponse(cached.result),
    };
  },

  async searchByPrompt(input, context) {
    const { query, similar_to, embedder, model, top_k, min_score, ensure_embed, max_chars, ...named } = input;
    const image = similar_to === undefined ? undefined : (await context.access.checkSpelled(similar_to)).path;
    const folders = await requestedFolders(named, context);
    const source = embeddingSource(context.ai, { embedder, model });
    const { compared, hits } = await searchByMeaning(
      {
        target: image === undefined ? { query } : { image },
        folders,
        embedder,
        model,
        count: top_k,
        minScore: min_score,
        ensureEmbedded: ensure_embed,
        maxChars: max_chars,
      },
      context.request.signal,
      context,
    );
    const results = hits
      .filter((hit) => context.access.contains(hit.path))
      .map(({ samplePrompt, ...hit }) => ({ ...hit, sample_prompt: samplePrompt }));
    return {
      query,
      similar_to: image ?? null,
      folder: folders[0] ?? '',
      folders: [...folders],
      embedder: source.embedder,
      model: source.model,
      count: compared,
      top_k,
      results,
    };
  },
};

type ClusterInput = ParsedInputOf<(typeof api)['ai']['startClusterJob']>;

/** Throws `HttpError` for folders that may not be read and a provider that is not there. */
async function clusterRequest(input: ClusterInput, context: RequestContext): Promise<ClusterRequest> {
  const folders = await requestedFolders(input, context);
  return {
    folders,
    recursive: input.recursive,
    embedder: input.embedder,
    model: input.model,
    batchSize: input.batch_size,
    threshold: input.threshold,
    minClusterSize: input.min_cluster_size,
    assignNoiseThreshold: input.assign_noise_threshold,
    maxChars: input.max_chars,
    titleModel: input.title_model,
    lang: input.lang,
    forceEmbed: input.force_embed,
    useTitleCache: input.use_title_cache,
    forceTitle: input.force_title,
  };
}

function staleReason(
  cached: { readonly foldersChanged: boolean; readonly embeddingsChanged: boolean } | undefined,
): string | null {
  if (cached?.foldersChanged === true) return 'images came, went, or have another prompt';
  return cached?.embeddingsChanged === true ? 'vectors came, went, or were made anew' : null;
}

import * as z from 'zod';

import { endpoint } from '../endpoint.ts';
import { jobId } from '../schemas/job.ts';
import { boolean, integer, path } from '../schemas/lenient.ts';
import {
  batchSize,
  clusterJob,
  clusterResult,
  embedderChoice,
  embedderName,
  language,
  maxChars,
  modelName,
  share,
  topicFolders,
} from '../schemas/topic.ts';
import { MAX_NEEDLE_LENGTH } from './search.ts';

/** Most messages of a chat, and most characters of all of them as JSON. */
const MAX_CHAT_MESSAGES = 1000;
export const MAX_CHAT_LENGTH = 4 * 1024 * 1024;

const recursive = boolean().prefault(true).describe('Whether images in subfolders are included');

const chatMessage = z.looseObject({
  role: z.string().min(1).max(64),
  content: z.union([z.string(), z.array(z.looseObject({}))]).optional(),
});

const clusterRequest = z.object({
  ...topicFolders,
  recursive,
  embedder: embedderChoice,
  model: modelName.describe('Embedding model; ignored by `local`'),
  force_embed: boolean().prefault(false).describe('Recomputes all vectors'),
  threshold: share(0.01, 1).prefault(0.9).describe('Minimum cosine similarity of an image to its cluster'),
  min_cluster_size: integer({ min: 1, max: 1_000_000 }).prefault(2),
  assign_noise_threshold: share(0.01, 1)
    .optional()
    .describe(
      'Minimum cosine similarity at which an image of a cluster below `min_cluster_size` joins another cluster',
    ),
  batch_size: batchSize,
  max_chars: maxChars,
  title_model: modelName.describe('Chat model that gives titles'),
  use_title_cache: boolean().prefault(true),
  force_title: boolean().prefault(false).describe('Requests all titles again'),
  lang: language,
});

const exampleJob = '5f0c1d2e-8a1b-4c3d-9e4f-0a1b2c3d4e5f';

export const ai = {
  chat: endpoint({
    method: 'POST',
    path: '/ai-chat',
    summary: 'Ask the chat model',
    description:
      'Forwards messages to the configured provider and returns its answer: a chat completion of the OpenAI ' +
      'API as JSON or, with `stream`, as server-sent events. Answers 400 when no provider is configured. ' +
      'When the client disconnects, the request to the provider is cancelled.',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({
      messages: z.array(chatMessage).min(1).max(MAX_CHAT_MESSAGES),
      model: modelName.describe('Default: the model configured on the server'),
      temperature: share(0, 2).prefault(0.7),
      max_tokens: integer({ min: 1, max: 10_000_000 }).optional(),
      stream: boolean().prefault(false),
    }),
    output: { media: '*/*' },
    errors: [413, 429, 502, 504],
    example: { messages: [{ role: 'user', content: 'Hello!' }] },
  }),
  buildEmbeddings: endpoint({
    method: 'POST',
    path: '/db/build_iib_output_embeddings',
    summary: 'Compute the embeddings that clustering and search by meaning compare',
    description:
      'Answers when done. Runs as a job of the kind `embed`, which continues when the client disconnects. ' +
      'Existing embeddings of unchanged texts are kept. Texts that the provider rejected are remembered and ' +
      'not sent again unless `force` is set.',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({
      ...topicFolders,
      recursive,
      embedder: embedderChoice,
      model: modelName,
      force: boolean().prefault(false),
      batch_size: batchSize,
      max_chars: maxChars,
    }),
    output: z.object({
      folder: z.string(),
      folders: z.array(z.string()),
      count: z.int().describe('Images examined'),
      updated: z.int(),
      skipped: z.int().describe('Already embedded, or without a prompt'),
      skipped_failed: z.int().describe('Rejected by the model earlier'),
      failed: z.int(),
      failure: z.string().nullable().describe('Why the first of them failed'),
      embedder: embedderName,
      model: z.string(),
    }),
    errors: [404, 409, 429, 502, 504],
    example: { folder: '/library', max_chars: 2000, batch_size: 100, recursive: false },
  }),
  startClusterJob: endpoint({
    method: 'POST',
    path: '/db/cluster_iib_output_job_start',
    summary: 'Cluster images by their prompts',
    description:
      'Starts a job of the kind `cluster`, or joins one with the same parameters. The chat model writes the ' +
      'titles. Without a provider, or with `embedder` `local` and no `title_model`, titles consist of the ' +
      'words that distinguish each cluster, and no data leaves the server.',
    permission: 'write',
    largeBody: true,
    input: clusterRequest,
    output: z.object({ job_id: z.string(), embedder: embedderName, model: z.string() }),
    startsJob: { status: ['ai', 'clusterJobStatus'], field: 'result', result: clusterResult },
    errors: [404, 429],
    example: { folder: '/library', threshold: 0.85, min_cluster_size: 3, lang: 'en', recursive: false },
  }),
  clusterJobStatus: endpoint({
    method: 'GET',
    path: '/db/cluster_iib_output_job_status',
    summary: 'The state of a clustering job, with its result once completed',
    permission: 'read',
    input: z.object({ job_id: jobId }),
    output: clusterJob,
    errors: [404],
    example: { job_id: exampleJob },
  }),
  cachedClusters: endpoint({
    method: 'POST',
    path: '/db/cluster_iib_output_cached',
    summary: 'The cached clusters for these parameters, and whether they are up to date',
    description: 'Starts no clustering and calls no model.',
    permission: 'read',
    largeBody: true,
    onlyAsks: true,
    input: clusterRequest,
    output: z.object({
      cache_key: z.string(),
      cache_hit: z.boolean(),
      cached_at: z.number().nullable().describe('Unix seconds'),
      stale: z.boolean(),
      stale_reason: z.object({
        folders_changed: z.boolean().describe('Images were added, removed, or have another prompt'),
        embeddings_changed: z.boolean().describe('Vectors were added, removed or recomputed'),
        reason: z.string().nullable(),
        stored: z.int().nullable().describe('Number of images when the result was cached'),
        current: z.int().nullable().describe('Number of images now'),
        embeddings_count: z.int().nullable().describe('Number of embeddings now'),
        embeddings_max_updated_at: z
          .string()
          .nullable()
          .describe('When the latest of them was computed, ISO 8601'),
      }),
      embedder: embedderName,
      model: z.string(),
      result: clusterResult.nullable(),
    }),
    errors: [404],
    example: { folder: '/library', threshold: 0.85, min_cluster_size: 3, lang: 'en', recursive: false },
  }),
  searchByPrompt: endpoint({
    method: 'POST',
    path: '/db/search_iib_output_by_prompt',
    summary: 'Images whose prompts are similar in meaning to a text or to another image',
    permission: 'write',
    largeBody: true,
    answersWhenDone: true,
    input: z.object({
      query: z.string().max(MAX_NEEDLE_LENGTH).prefault(''),
      similar_to: path()
        .optional()
        .describe('An indexed image to compare with instead of `query`; it is not in the results'),
      ...topicFolders,
      embedder: embedderChoice,
      model: modelName,
      top_k: integer({ min: 1, max: 500 }).prefault(50),
      min_score: share(-1, 1).prefault(0).describe('Minimum cosine similarity'),
      ensure_embed: boolean().prefault(true).describe('Computes missing embeddings first'),
      max_chars: maxChars,
    }),
    output: z.object({
      query: z.string(),
      similar_to: z.string().nullable(),
      folder: z.string(),
      folders: z.array(z.string()),
      embedder: embedderName,
      model: z.string(),
      count: z.int().describe('Images that were compared'),
      top_k: z.int(),
      results: z
        .array(z.object({ id: z.int(), path: z.string(), score: z.number(), sample_prompt: z.string() }))
        .describe('Nearest first'),
    }),
    errors: [404, 429, 502, 504],
    example: { query: 'a fox in the snow', folder: '/library', top_k: 20 },
  }),
};

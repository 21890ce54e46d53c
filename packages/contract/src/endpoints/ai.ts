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

const recursive = boolean().prefault(true).describe('Whether images in folders below count');

const chatMessage = z.looseObject({
  role: z.string().min(1).max(64),
  content: z.union([z.string(), z.array(z.looseObject({}))]).optional(),
});

const clusterRequest = z.object({
  ...topicFolders,
  recursive,
  embedder: embedderChoice,
  model: modelName.describe('Model of the vectors; means nothing to `local`'),
  force_embed: boolean().prefault(false).describe('Recomputes all vectors'),
  threshold: share(0.01, 1).prefault(0.9).describe('Least cosine of an image with its cluster'),
  min_cluster_size: integer({ min: 1, max: 1_000_000 }).prefault(2),
  assign_noise_threshold: share(0.01, 1)
    .optional()
    .describe('Least cosine with which an image of a cluster that is too small joins another'),
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
      "Passes messages to the provider that the server is set up for, and its answer back: OpenAI's chat completion " +
      'as JSON, or with `stream` as server-sent events. 400 without a provider. The request to the provider is given ' +
      'up when the client goes.',
    permission: 'write',
    answersWhenDone: true,
    input: z.object({
      messages: z.array(chatMessage).min(1).max(MAX_CHAT_MESSAGES),
      model: modelName.describe('Default: the one that the server is set up for'),
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
    summary: 'Give images the vectors that clustering and meaning search compare',
    description:
      'Answers when it is done; it goes on, as a job of the kind `embed`, when the client goes. Vectors that are ' +
      'there for the same text stay. What the provider refuses is remembered and not asked again, except by `force`.',
    permission: 'write',
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
      count: z.int().describe('Images looked at'),
      updated: z.int(),
      skipped: z.int().describe('With a vector already, or without a prompt'),
      skipped_failed: z.int().describe('Refused by the model before'),
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
    summary: 'Group images by what their prompts say',
    description:
      'A job of the kind `cluster`; one that does the same already is joined. Titles are given by the chat model, ' +
      'or without a provider, or with `embedder` `local` and no `title_model`, by the words that set clusters apart: ' +
      'then nothing leaves the server.',
    permission: 'write',
    input: clusterRequest,
    output: z.object({ job_id: z.string(), embedder: embedderName, model: z.string() }),
    startsJob: { status: ['ai', 'clusterJobStatus'], field: 'result', result: clusterResult },
    errors: [404, 429],
    example: { folder: '/library', threshold: 0.85, min_cluster_size: 3, lang: 'en', recursive: false },
  }),
  clusterJobStatus: endpoint({
    method: 'GET',
    path: '/db/cluster_iib_output_job_status',
    summary: 'Where a clustering is, and its result when it is completed',
    permission: 'read',
    input: z.object({ job_id: jobId }),
    output: clusterJob,
    errors: [404],
    example: { job_id: exampleJob },
  }),
  cachedClusters: endpoint({
    method: 'POST',
    path: '/db/cluster_iib_output_cached',
    summary: 'The clusters that were made with these parameters, and whether they still hold',
    description: 'Makes nothing and asks no model.',
    permission: 'read',
    onlyAsks: true,
    input: clusterRequest,
    output: z.object({
      cache_key: z.string(),
      cache_hit: z.boolean(),
      cached_at: z.number().nullable().describe('Unix seconds'),
      stale: z.boolean(),
      stale_reason: z.object({
        folders_changed: z.boolean().describe('Images came, went, or have another prompt'),
        embeddings_changed: z.boolean().describe('Vectors were added, removed or recomputed'),
        reason: z.string().nullable(),
        stored: z.int().nullable().describe('Images then'),
        current: z.int().nullable().describe('Images now'),
        embeddings_count: z.int().nullable().describe('Vectors now'),
        embeddings_max_updated_at: z.string().nullable().describe('When the last of them was made, ISO 8601'),
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
    summary: 'Images whose prompts mean what a text says, or what another image shows',
    permission: 'write',
    answersWhenDone: true,
    input: z.object({
      query: z.string().max(MAX_NEEDLE_LENGTH).prefault(''),
      similar_to: path()
        .optional()
        .describe('An indexed image to go by instead of `query`; it is not in the results'),
      ...topicFolders,
      embedder: embedderChoice,
      model: modelName,
      top_k: integer({ min: 1, max: 500 }).prefault(50),
      min_score: share(-1, 1).prefault(0).describe('Least cosine'),
      ensure_embed: boolean().prefault(true).describe('Gives images their vectors first that have none'),
      max_chars: maxChars,
    }),
    output: z.object({
      query: z.string(),
      similar_to: z.string().nullable(),
      folder: z.string(),
      folders: z.array(z.string()),
      embedder: embedderName,
      model: z.string(),
      count: z.int(),
      top_k: z.int(),
      results: z
        .array(z.object({ id: z.int(), path: z.string(), score: z.number(), sample_prompt: z.string() }))
        .describe('Nearest first'),
    }),
    errors: [404, 429, 502, 504],
    example: { query: 'a fox in the snow', folder: '/library', top_k: 20 },
  }),
};

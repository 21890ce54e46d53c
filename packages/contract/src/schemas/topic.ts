import * as z from 'zod';

import { job } from './job.ts';
import { integer, path, paths } from './lenient.ts';

/** Longest name of a model. */
const MAX_MODEL_NAME = 200;

export const embedderName = z.enum(['local', 'openai']);

export const embedderChoice = embedderName
  .optional()
  .describe(
    '`local`: on this machine, without a model; `openai`: the provider configured on the server. Default: the ' +
      'provider, if one is configured',
  );

export const modelName = z.string().trim().min(1).max(MAX_MODEL_NAME).optional();

export const batchSize = integer({ min: 1, max: 256 })
  .prefault(64)
  .describe('Maximum number of texts in one request to the provider');

export const maxChars = integer({ min: 256, max: 8000 })
  .prefault(4000)
  .describe('Longer prompts are truncated');

/** A number between two others; also as text, as forms send it. */
export function share(min: number, max: number) {
  const error = `expected a number from ${min} to ${max}`;
  const number = z.number(error).min(min, error).max(max, error);
  const digits = z
    .string()
    .regex(/^-?(?:\d{1,16}(?:\.\d{0,16})?|\.\d{1,16})$/)
    .transform(Number)
    .pipe(number);
  return z.union([number, digits], { error });
}

/** IIB's front end writes `zhHans` for `zh-Hans`. */
export const language = z
  .string()
  .regex(/^[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8}){0,3}$/, 'expected a language tag such as en or zh-CN')
  .transform((tag) => tag.replaceAll('_', '-').replace(/^zh(Han[st])$/, 'zh-$1'))
  .prefault('en')
  .describe('Language of titles written by a model; titles without a model use the words of the prompts');

export const topicFolders = {
  folder: path().optional(),
  folder_paths: paths()
    .prefault([])
    .describe('In addition to `folder`. Default: the whole library, if neither is given'),
};

export const topicCluster = z
  .object({
    id: z.string().describe('`topic_1`, `topic_2`, ...'),
    title: z.string(),
    keywords: z.array(z.string()),
    size: z.int(),
    paths: z.array(z.string()).describe('The most typical first'),
    sample_prompt: z.string().describe('The embedded text of the most typical image'),
  })
  .meta({ id: 'TopicCluster' });

export const clusterResult = z
  .object({
    folder: z.string().describe('The first of `folders`'),
    folders: z.array(z.string()),
    count: z.int().describe('Number of images in clusters and in noise together'),
    threshold: z.number(),
    min_cluster_size: z.int(),
    assign_noise_threshold: z.number().nullable(),
    lang: z.string(),
    embedder: embedderName.describe('The embedder of the vectors'),
    model: z.string(),
    title_model: z.string().describe('`local` for titles without a model'),
    text_version: z.string().describe('How prompts were prepared'),
    clusters: z.array(topicCluster).describe('Largest first'),
    noise: z.array(z.string()).describe('Images in no cluster: each image is in one cluster or here'),
    failed: z.int().describe('Number of images that the model failed on; they are in `noise`'),
    skipped_failed: z
      .int()
      .describe('Number of images whose prompt the model rejected earlier; they are in `noise`'),
    failure: z
      .string()
      .nullable()
      .describe('Why the first of them failed, or why there was no image to cluster'),
    title_failure: z
      .string()
      .nullable()
      .describe('Why the titles were not written by the model, if one is configured'),
    cache_key: z.string(),
    cache_hit: z.boolean().describe('Whether this run took the result from the cache'),
  })
  .meta({ id: 'ClusterResult' });
export type ClusterResult = z.output<typeof clusterResult>;

export const clusterJob = z
  .object({
    ...job.shape,
    result: clusterResult
      .nullable()
      .describe('When completed; else null, also where the cache no longer holds it: `error` says why'),
  })
  .meta({ id: 'ClusterJob' });

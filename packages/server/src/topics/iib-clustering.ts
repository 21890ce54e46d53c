import type { CachedClusters } from '@iib-kit/catalog';

import {
  DEFAULT_LANG,
  DEFAULT_MIN_CLUSTER_SIZE,
  DEFAULT_THRESHOLD,
  type ClusterRequest,
} from './cluster-request.ts';
import type { ClusterResult } from './cluster-result.ts';

/** What IIB notes of a clustering that it keeps, beside its folders. */
interface IibParameters {
  readonly model: string;
  readonly threshold: number;
  readonly min_cluster_size: number;
  readonly assign_noise_threshold: number | null;
  readonly title_model: string | null;
  readonly lang: string;
  /** How it calls its rules for texts; nothing of ours has the name. */
  readonly nv: string;
  /** Missing before 1.8. */
  readonly recursive?: boolean;
}

/** A result as IIB keeps it. */
interface IibResult {
  readonly count?: number;
  readonly assign_noise_threshold?: number | null;
  readonly clusters: readonly {
    readonly id: string;
    readonly title: string;
    readonly keywords?: readonly string[];
    readonly size: number;
    readonly paths: readonly string[];
    readonly sample_prompt?: string;
  }[];
  readonly noise: readonly string[];
}

/** Whether the parameters of a cached clustering are IIB's. */
export function areIibParameters(parameters: unknown): parameters is IibParameters {
  return typeof parameters === 'object' && parameters !== null && 'nv' in parameters;
}

/** Whether a clustering with these parameters answers a request for its folders and vectors of this model. */
export function answersRequest(parameters: IibParameters, request: ClusterRequest, model: string): boolean {
  const {
    recursive,
    threshold = DEFAULT_THRESHOLD,
    minClusterSize = DEFAULT_MIN_CLUSTER_SIZE,
    assignNoiseThreshold = null,
    titleModel = null,
    lang = DEFAULT_LANG,
  } = request;
  return (
    parameters.model === model &&
    parameters.threshold === threshold &&
    parameters.min_cluster_size === minClusterSize &&
    parameters.assign_noise_threshold === assignNoiseThreshold &&
    parameters.title_model === titleModel &&
    languageKey(parameters.lang) === languageKey(lang) &&
    (parameters.recursive ?? true) === recursive
  );
}

/** IIB's front end writes `zhHans` where a tag is `zh-Hans`. */
const languageKey = (lang: string): string => (lang || DEFAULT_LANG).replace(/[-_]/g, '').toLowerCase();

/** A clustering of IIB as one of ours; undefined for what is none. */
export function fromIib(
  key: string,
  { folders, model, result, updatedAt }: CachedClusters & { readonly updatedAt: string },
  parameters: IibParameters,
): ClusterResult | undefined {
  if (!isResult(result)) return undefined;
  const { clusters, noise } = result;
  return {
    folder: folders[0] ?? '',
    folders,
    count: result.count ?? clusters.reduce((sum, { size }) => sum + size, noise.length),
    threshold: parameters.threshold,
    minClusterSize: parameters.min_cluster_size,
    assignNoiseThreshold: result.assign_noise_threshold ?? null,
    lang: parameters.lang || DEFAULT_LANG,
    embedder: 'openai',
    model,
    titleModel: parameters.title_model ?? 'iib',
    textVersion: parameters.nv,
    clusters: clusters.map(({ id, title, keywords = [], size, paths, sample_prompt: samplePrompt = '' }) => ({
      id,
      title,
      keywords,
      size,
      paths,
      samplePrompt,
    })),
    noise,
    failed: 0,
    skippedFailed: 0,
    failure: null,
    titleFailure: null,
    cacheKey: key,
    runId: updatedAt,
    cacheHit: false,
  };
}

function isResult(result: unknown): result is IibResult {
  if (typeof result !== 'object' || result === null) return false;
  const { clusters, noise } = result as Partial<IibResult>;
  const isList = (value: unknown) => Array.isArray(value);
  return (
    isList(clusters) &&
    isList(noise) &&
    (clusters ?? []).every(
      ({ id, title, paths, size }) =>
        typeof id === 'string' && typeof title === 'string' && typeof size === 'number' && isList(paths),
    )
  );
}

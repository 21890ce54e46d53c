import type { SourceRequest } from './embedding-source.ts';
import type { ImageScope } from './folder-texts.ts';

/** What to group, and how. Missing fields have the defaults of the API. */
export interface ClusterRequest extends ImageScope, SourceRequest {
  /** The least cosine of an image with its cluster. Default 0.9. */
  readonly threshold?: number | undefined;
  /** Default 2. */
  readonly minClusterSize?: number | undefined;
  /** The least cosine with which an image of a dissolved cluster joins another. Default: by `threshold`. */
  readonly assignNoiseThreshold?: number | undefined;
  /** Longest prompt in UTF-16 units; the rest is cut. Default 4,000. */
  readonly maxChars?: number | undefined;
  /** Chat model for titles. */
  readonly titleModel?: string | undefined;
  /** Language of titles, a BCP 47 tag. Default `en`. */
  readonly lang?: string | undefined;
  /** Makes all vectors again. */
  readonly forceEmbed?: boolean | undefined;
  /** Whether cached titles are used. Default true. */
  readonly useTitleCache?: boolean | undefined;
  /** Asks for all titles again. */
  readonly forceTitle?: boolean | undefined;
}

export const DEFAULT_THRESHOLD = 0.9;
export const DEFAULT_MIN_CLUSTER_SIZE = 2;
export const DEFAULT_MAX_CHARS = 4000;
export const DEFAULT_LANG = 'en';

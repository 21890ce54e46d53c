import type { Endpoint } from '@iib-kit/contract';
import type { JsonLimits } from '@iib-kit/files';

/** What one body may hold; counted before it is parsed, within a fifth of a second with what the schema then does. */
export interface BodyLimits extends JsonLimits {
  readonly bytes: number;
}

/** A path or two, a query, a setting. */
const SHORT = { bytes: 1024 * 1024, values: 10_000 };

/** Ten thousand edits with three fields each; bytes as the limit `bodyBytes` has it. */
const LARGE = { bytes: Number.POSITIVE_INFINITY, values: 50_000 };

/** Deeper than any schema, and than the tools of a chat. */
const DEPTH = 64;

export function bodyLimits(endpoint: Pick<Endpoint, 'largeBody'>, limits: { bodyBytes: number }): BodyLimits {
  const { bytes, values } = endpoint.largeBody === true ? LARGE : SHORT;
  return { bytes: Math.min(bytes, limits.bodyBytes), values, depth: DEPTH };
}

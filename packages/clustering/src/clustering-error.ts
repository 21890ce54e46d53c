/** Everything that a {@link ClusteringError} can be about. */
export const clusteringErrorCodes = [
  'empty-text',
  'invalid-vector',
  'dimension-mismatch',
  'invalid-rarity',
  'missing-api-key',
  'unauthorized',
  'quota-exceeded',
  'unknown-model',
  'rejected',
  'rate-limited',
  'unavailable',
  'timeout',
  'invalid-answer',
  'worker-failed',
] as const;

export type ClusteringErrorCode = (typeof clusteringErrorCodes)[number];

/**
 * What goes wrong with texts, vectors and models; switch on `code`. Wrong arguments are `TypeError` or `RangeError`
 * instead, and an abort rejects with the signal's reason.
 */
export class ClusteringError extends Error {
  override readonly name = 'ClusteringError';
  readonly code: ClusteringErrorCode;
  /** The HTTP status that the model's provider answered with, if it answered. */
  readonly status?: number;

  constructor(
    code: ClusteringErrorCode,
    message: string,
    options: { cause?: unknown; status?: number } = {},
  ) {
    super(message, 'cause' in options ? { cause: options.cause } : undefined);
    this.code = code;
    if (options.status !== undefined) this.status = options.status;
  }
}

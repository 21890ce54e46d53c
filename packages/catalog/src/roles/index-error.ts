/** Every reason why the index refuses or fails, in the order of how near they are to the file. */
export const indexErrorCodes = [
  'cannot-open',
  'not-a-database',
  'newer-schema',
  'corrupt',
  'locked',
  'read-only',
  'disk-full',
  'input-output',
  'replaced',
  'unknown-tag',
  'not-indexed',
  'unknown-path',
  'name-taken',
  'invalid-cursor',
  'invalid-query',
  'invalid-line',
  'invalid-regexp',
  'regexp-timeout',
  'worker-failed',
  'closed',
] as const;
export type IndexErrorCode = (typeof indexErrorCodes)[number];

/** What an `IndexError` is about, as far as it applies. */
export interface IndexErrorDetails {
  /** The images or folders that the call named and that it cannot work on. */
  readonly paths?: readonly string[];
  readonly tagId?: number;
  /** Zero-based position in the query text, or number of the line from 1. */
  readonly position?: number;
}

/** Thrown by every method of an index; callers switch on `code`. */
export class IndexError extends Error {
  override readonly name = 'IndexError';
  readonly code: IndexErrorCode;
  readonly details: IndexErrorDetails;

  constructor(
    code: IndexErrorCode,
    message: string,
    options: { details?: IndexErrorDetails; cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.details = options.details ?? {};
  }
}

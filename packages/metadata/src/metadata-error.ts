/** Why a source could not be read at all. */
export const metadataErrorCodes = [
  'not-found',
  'is-directory',
  'no-permission',
  'read-failed',
  'unsupported-container',
  'invalid-file',
  'too-large',
  'signed',
  'hidden-text',
] as const;
export type MetadataErrorCode = (typeof metadataErrorCodes)[number];

/**
 * The one error that reading throws for a source that cannot be read, and that writing throws for
 * a file that cannot be rewritten. Damage inside a file is a warning on the result instead.
 */
export class MetadataError extends Error {
  override readonly name = 'MetadataError';
  readonly code: MetadataErrorCode;
  /** The file, where there is one. */
  readonly path: string | undefined;

  constructor(code: MetadataErrorCode, message: string, options?: ErrorOptions & { path?: string }) {
    super(message, options);
    this.code = code;
    this.path = options?.path;
  }
}

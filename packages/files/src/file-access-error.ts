import { type FilePath, shownPath } from './file-path.ts';

/**
 * - `is-directory`: a folder where a regular file is expected
 * - `not-a-file`: a pipe, socket or device where a regular file is expected
 * - `not-a-folder`: anything else where a folder is expected
 * - `outside`: it really lies outside of the folders that it must lie in
 * - `changed`: another file came into its place while it was opened
 * - `too-large`: it has more bytes than its reader takes
 */
export type FileAccessErrorCode =
  | 'is-directory'
  | 'not-a-file'
  | 'not-a-folder'
  | 'outside'
  | 'changed'
  | 'too-large';

const words: Readonly<Record<FileAccessErrorCode, string>> = {
  'is-directory': 'is a folder',
  'not-a-file': 'is not a regular file',
  'not-a-folder': 'is not a folder',
  outside: 'lies outside of the folders that it must lie in',
  changed: 'was replaced while it was opened',
  'too-large': 'is larger than its reader takes',
};

/** Why something was not opened; what the system refuses comes as the error of the system. */
export class FileAccessError extends Error {
  override readonly name = 'FileAccessError';
  readonly code: FileAccessErrorCode;
  readonly path: string;

  constructor(code: FileAccessErrorCode, path: FilePath, options?: ErrorOptions) {
    super(`${shownPath(path)} ${words[code]}`, options);
    this.code = code;
    this.path = shownPath(path);
  }
}

/** By name: each package that this one is bundled into has a copy of the class. */
export function isFileAccessError(error: unknown): error is FileAccessError {
  return error instanceof Error && error.name === 'FileAccessError';
}

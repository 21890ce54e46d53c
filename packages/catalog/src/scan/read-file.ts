import { type FolderFiles, isFileAccessError } from '@iib-kit/files';
import { childPath } from '../text/nested-path.ts';
import type { DescribeFile, FileDescription } from './describe-file.ts';
import { fileFingerprint } from './file-fingerprint.ts';
import { type MediaFile, withMediaFile } from './open-media-file.ts';
import type { PlannedFile } from './planned-file.ts';
import type { ScannedFailure } from './scanned-file.ts';

/** A file that was read, with the tags still spelled out. */
export interface ReadFile {
  readonly planned: PlannedFile;
  readonly path: string;
  readonly fingerprint: number;
  readonly description: FileDescription;
}

const systemCodes = new Set(['EACCES', 'EPERM', 'EIO', 'EBUSY', 'EMFILE', 'ENFILE']);

function failure(file: PlannedFile, reason: ScannedFailure['reason'], message: string): ScannedFailure {
  const { folder, name, bytes, modified } = file;
  return { path: childPath(folder, name), folder, bytes, modified, reason, message };
}

function failureOf(file: PlannedFile, error: unknown): ScannedFailure | undefined {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  // Gone between the walk and now: the next update sees it, if it comes back.
  if (code === 'ENOENT') return undefined;
  const message = error instanceof Error ? error.message : String(error);
  // What was no file in the library when it was opened may be one again next time.
  const isSystem =
    (typeof code === 'string' && (systemCodes.has(code) || code === 'unreadable')) ||
    isFileAccessError(error);
  return failure(file, isSystem ? 'unreadable' : 'reader-failed', message);
}

/** What came of reading a file. */
export type Read = { readonly file: ReadFile } | { readonly failure: ScannedFailure } | undefined;

/** Reads one planned file; undefined where it vanished meanwhile. A promise only where the describer gives one. */
export function readFile(
  file: PlannedFile,
  describe: DescribeFile,
  opener: FolderFiles,
): Read | Promise<Read> {
  const path = childPath(file.folder, file.name);
  const failed = (error: unknown): Read => {
    const known = failureOf(file, error);
    return known && { failure: known };
  };
  try {
    const describeOpen = (media: MediaFile): Read | Promise<Read> => {
      const described = describe(media);
      return isThenable(described)
        ? Promise.resolve(described).then((description) => readOf(file, path, media, description))
        : readOf(file, path, media, described);
    };
    const read = withMediaFile(path, file.name, file.bytes, describeOpen, {
      folder: file.folder,
      opener,
    });
    return read instanceof Promise ? read.catch(failed) : read;
  } catch (error) {
    return failed(error);
  }
}

// A describer of somebody else may give any kind of promise.
function isThenable(described: object): described is PromiseLike<FileDescription> {
  return 'then' in described;
}

function readOf(planned: PlannedFile, path: string, media: MediaFile, description: FileDescription): Read {
  return description.isMedia
    ? { file: { planned, path, fingerprint: fileFingerprint(media), description } }
    : { failure: failure(planned, 'not-media', 'The bytes are no known medium') };
}

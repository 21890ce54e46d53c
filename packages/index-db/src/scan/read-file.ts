import type { DescribeFile, FileDescription } from './describe-file.ts';
import { fileFingerprint } from './file-fingerprint.ts';
import { withMediaFile } from './open-media-file.ts';
import type { PlannedFile } from './scan-plan.ts';
import { childPath } from './walk-tree.ts';
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
  const isSystem = typeof code === 'string' && (systemCodes.has(code) || code === 'unreadable');
  return failure(file, isSystem ? 'unreadable' : 'reader-failed', message);
}

/** Reads one planned file; undefined where it vanished meanwhile. */
export async function readFile(
  file: PlannedFile,
  describe: DescribeFile,
): Promise<{ file: ReadFile } | { failure: ScannedFailure } | undefined> {
  const path = childPath(file.folder, file.name);
  try {
    return await withMediaFile(path, file.name, file.bytes, async (media) => {
      const description = await describe(media);
      if (!description.isMedia)
        return { failure: failure(file, 'not-media', 'The bytes are no known medium') };
      return { file: { planned: file, path, fingerprint: fileFingerprint(media), description } };
    });
  } catch (error) {
    const failed = failureOf(file, error);
    return failed && { failure: failed };
  }
}

import type { DescribeFile, FileDescription } from './describe-file.ts';
import { mediaOfName } from './file-names.ts';
import { fileFingerprint } from './file-fingerprint.ts';
import { withMediaFile } from './open-media-file.ts';
import type { PlannedFile } from './scan-plan.ts';
import { childPath } from './walk-tree.ts';
import type { ScannedFailure, ScannedFile } from './scanned-file.ts';

/** A file with the tags still spelled out. */
export type ReadFile = Omit<ScannedFile, 'tags'> & { readonly description: FileDescription };

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
  try {
    return await withMediaFile(childPath(file.folder, file.name), file.name, file.bytes, async (media) => {
      const description = await describe(media);
      if (!description.isMedia)
        return { failure: failure(file, 'not-media', 'The bytes are no known medium') };
      return { file: toReadFile(file, fileFingerprint(media), description) };
    });
  } catch (error) {
    const failed = failureOf(file, error);
    return failed && { failure: failed };
  }
}

function toReadFile(file: PlannedFile, fingerprint: number, description: FileDescription): ReadFile {
  const { folder, name, bytes, modified, created, sidecar, id } = file;
  const { infotext, width, height, seed, steps, cfgScale, generator } = description;
  return {
    path: childPath(folder, name),
    folder,
    bytes,
    modified,
    created,
    fingerprint,
    sidecar,
    media: mediaOfName(file.name) ?? 0,
    text: infotext,
    description,
    ...(id !== undefined && { id }),
    ...(width !== undefined && { width }),
    ...(height !== undefined && { height }),
    ...(seed !== undefined && { seed }),
    ...(steps !== undefined && { steps }),
    ...(cfgScale !== undefined && { cfgScale }),
    ...(generator !== undefined && { generator }),
  };
}

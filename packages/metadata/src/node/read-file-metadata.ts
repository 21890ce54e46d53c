import type { SyncByteSource } from '../bytes/byte-source.ts';
import type { ImageMetadata } from '../image-metadata.ts';
import {
  type MetadataSource,
  readMetadata as readSource,
  readMetadataSync as readSourceSync,
} from '../read-metadata.ts';
import type { ReadOptions } from '../read-options.ts';
import { openFile, openFileSync } from './file-source.ts';

/**
 * Reads what generated an image or video, from the head of the file and from wherever its
 * container keeps texts, never from its pixels. Damage inside the file is a warning on the
 * result; `container` is undefined when the bytes are no known medium.
 * Throws `MetadataError` for a path that cannot be read.
 */
export async function readMetadata(
  source: string | MetadataSource,
  options: ReadOptions = {},
): Promise<ImageMetadata> {
  if (typeof source !== 'string') return readSource(source, options);
  const file = await openFile(source);
  try {
    return await readSource(file, options);
  } finally {
    await file.close();
  }
}

/**
 * Like `readMetadata`, without a promise: for worker threads that read very many files, where it
 * is several times faster.
 */
export function readMetadataSync(
  source: string | Uint8Array | SyncByteSource,
  options: Omit<ReadOptions, 'signal'> = {},
): ImageMetadata {
  if (typeof source !== 'string') return readSourceSync(source, options);
  const file = openFileSync(source);
  try {
    return readSourceSync(file, options);
  } finally {
    file.close();
  }
}

import { blobSource, type ByteSource, memorySource, type SyncByteSource } from './bytes/byte-source.ts';
import { ByteReader } from './bytes/byte-reader.ts';
import { type Reading, runAsync, runSync } from './bytes/reading.ts';
import { describe } from './describe.ts';
import type { ImageMetadata } from './image-metadata.ts';
import { readContainer } from './read-container.ts';
import type { ReadOptions } from './read-options.ts';

/** What can be read everywhere; `@iib-kit/metadata` on Node takes a path as well. */
export type MetadataSource = Uint8Array | Blob | ByteSource;

/**
 * Reads what generated an image or video, from the head of the file and from wherever its
 * container keeps texts, never from its pixels. Damage is a warning on the result.
 */
export async function readMetadata(
  source: MetadataSource,
  options: ReadOptions = {},
): Promise<ImageMetadata> {
  const bytes = toByteSource(source);
  options.signal?.throwIfAborted();
  return runAsync(metadataReading(bytes, options), bytes, options.signal);
}

/** Like `readMetadata` for a source that does not wait. */
export function readMetadataSync(
  source: Uint8Array | SyncByteSource,
  options: Omit<ReadOptions, 'signal'> = {},
): ImageMetadata {
  const bytes = source instanceof Uint8Array ? memorySource(source) : source;
  return runSync(metadataReading(bytes, options), bytes);
}

function* metadataReading(
  source: Pick<ByteSource, 'size' | 'name'>,
  options: ReadOptions,
): Reading<ImageMetadata> {
  const found = yield* readContainer(new ByteReader(source.size));
  return describe(found, source.name, options);
}

function toByteSource(source: MetadataSource): ByteSource {
  if (source instanceof Uint8Array) return memorySource(source);
  return source instanceof Blob ? blobSource(source) : source;
}

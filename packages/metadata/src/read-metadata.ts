import { ByteReader } from './bytes/byte-reader.ts';
import { blobSource, type ByteSource, memorySource, type SyncByteSource } from './bytes/byte-source.ts';
import { type Reading, runAsync, runSync } from './bytes/reading.ts';
import { Findings } from './containers/findings.ts';
import { describe, isDescribed, unknownMedium } from './describe.ts';
import type { EmbeddedText, ImageMetadata } from './image-metadata.ts';
import { readContainer } from './read-container.ts';
import type { ReadOptions } from './read-options.ts';
import { readStealth } from './stealth/read-stealth.ts';

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
  checkSource(bytes);
  return runSync(metadataReading(bytes, options), bytes);
}

function* metadataReading(
  source: Pick<ByteSource, 'size' | 'name'>,
  options: ReadOptions,
): Reading<ImageMetadata> {
  const stealth = checkedStealth(options);
  const file = new ByteReader(source.size);
  const found = yield* readContainer(file, options);
  if (found === undefined) return unknownMedium;
  if (stealth === 'always') yield* readStealth(file, found);
  const metadata = describe(found, source.name, options);
  if (stealth !== 'auto' || isDescribed(metadata)) return metadata;
  const before = found.embedded.length;
  yield* readStealth(file, found);
  return found.embedded.length === before ? metadata : describe(found, source.name, options);
}

/** The same file with texts that were found beside it. */
export function withSidecars(
  metadata: ImageMetadata,
  texts: readonly EmbeddedText[],
  name: string,
  options: ReadOptions,
): ImageMetadata {
  const found = new Findings(metadata.container ?? 'png', options);
  found.embedded.push(...metadata.embedded, ...texts);
  found.warnings.push(...metadata.warnings);
  found.exif?.push(...(metadata.exif ?? []));
  if (metadata.width !== undefined && metadata.height !== undefined) {
    found.size(metadata.width, metadata.height);
  }
  const { timing } = metadata;
  const described = describe(found, name, options);
  return { ...described, ...(timing && { timing }), container: metadata.container };
}

function checkedStealth({ stealth = 'auto' }: ReadOptions): 'auto' | 'always' | 'never' {
  if (stealth === 'auto' || stealth === 'always' || stealth === 'never') return stealth;
  throw new TypeError(`stealth must be 'auto', 'always' or 'never', not ${String(stealth)}`);
}

function toByteSource(source: MetadataSource): ByteSource {
  if (source instanceof Uint8Array) return memorySource(source);
  if (source instanceof Blob) return blobSource(source);
  checkSource(source);
  return source;
}

function checkSource(source: ByteSource): void {
  const isObject = typeof source === 'object' && source !== null;
  if (isObject && typeof source.size === 'number' && typeof source.read === 'function') return;
  throw new TypeError('source must be bytes, a Blob, or an object with size and read(); a path on Node');
}

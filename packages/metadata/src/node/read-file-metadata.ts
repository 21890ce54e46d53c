import { existsSync } from 'node:fs';
import { basename, extname } from 'node:path';
import type { SyncByteSource } from '../bytes/byte-source.ts';
import { isDescribed } from '../describe.ts';
import type { EmbeddedText, ImageMetadata } from '../image-metadata.ts';
import { mediaKind, SUPPORTED_FILE_EXTENSIONS } from '../media-kinds.ts';
import {
  type MetadataSource,
  readMetadata as readSource,
  readMetadataSync as readSourceSync,
  withSidecars,
} from '../read-metadata.ts';
import type { FileReadOptions } from '../read-options.ts';
import { isOfCompanion, readCompanion, readCompanionSync } from './companion-picture.ts';
import { openFile, openFileSync } from './file-source.ts';
import { nodePlatform } from './node-platform.ts';
import { readSidecars, readSidecarsSync } from './sidecars.ts';

/**
 * Reads what generated an image or video, from the head of the file and from wherever its
 * container keeps texts, never from its pixels unless for hidden text. Damage inside the file is
 * a warning on the result; `container` is undefined when the bytes are no known medium.
 * Throws `MetadataError` for a path that cannot be read.
 */
export async function readMetadata(
  source: string | MetadataSource,
  options: FileReadOptions = {},
): Promise<ImageMetadata> {
  const onNode = { ...nodePlatform, ...options };
  const path = typeof source === 'string' ? source : options.path;
  const metadata = await (typeof source === 'string' ? readPath(source, onNode) : readSource(source, onNode));
  if (path === undefined || !wantsSidecars(path, metadata, onNode)) return metadata;
  const texts = await Promise.all([readSidecars(path, onNode), readCompanion(path, onNode)]);
  return beside(path, metadata, texts.flat(), onNode);
}

/**
 * Like `readMetadata`, without a promise: for worker threads that read very many files, where it
 * is several times faster.
 */
export function readMetadataSync(
  source: string | Uint8Array | SyncByteSource,
  options: Omit<FileReadOptions, 'signal'> = {},
): ImageMetadata {
  const onNode = { ...nodePlatform, ...options };
  const path = typeof source === 'string' ? source : options.path;
  const metadata = typeof source === 'string' ? readPathSync(source, onNode) : readSourceSync(source, onNode);
  if (path === undefined || !wantsSidecars(path, metadata, onNode)) return metadata;
  const texts = [...readSidecarsSync(path, onNode), ...readCompanionSync(path, onNode)];
  return beside(path, metadata, texts, onNode);
}

async function readPath(path: string, options: FileReadOptions): Promise<ImageMetadata> {
  const file = await openFile(path, options);
  try {
    return await readSource(file, options);
  } finally {
    await file.close();
  }
}

function readPathSync(path: string, options: FileReadOptions): ImageMetadata {
  const file = openFileSync(path, options);
  try {
    return readSourceSync(file, options);
  } finally {
    file.close();
  }
}

/** What the texts beside a file say of it; captions and other files say nothing. */
function beside(
  path: string,
  metadata: ImageMetadata,
  texts: readonly EmbeddedText[],
  options: FileReadOptions,
): ImageMetadata {
  if (texts.length === 0) return metadata;
  const described = withSidecars(metadata, texts, basename(path), options);
  if (described.generator === undefined) return metadata;
  const twins = texts.every(isOfCompanion) ? [] : twinsOf(path);
  if (twins.length === 0) return described;
  const message = `The file beside it may belong to ${twins.join(' or ')} as well.`;
  return { ...described, warnings: [...described.warnings, { code: 'ambiguous', message }] };
}

/** Other pictures and videos of the same stem, which share the file beside them. */
function twinsOf(path: string): string[] {
  const extension = extname(path);
  const stem = path.slice(0, path.length - extension.length);
  return SUPPORTED_FILE_EXTENSIONS.filter(
    (other) => other !== extension.toLowerCase() && existsSync(stem + other),
  ).map((other) => basename(stem + other));
}

function wantsSidecars(path: string, metadata: ImageMetadata, options: FileReadOptions): boolean {
  if (options.sidecars === false || isDescribed(metadata)) return false;
  return metadata.container !== undefined || mediaKind(path) !== undefined;
}

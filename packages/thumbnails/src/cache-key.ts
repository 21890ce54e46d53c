import { LRUCache } from 'lru-cache';

import type { Box } from './box.ts';
import { digest, fileDigest, pathDigits, stampDigits } from './file-digest.ts';
import type { SourceFile } from './source-file.ts';

// Raised when the same file and box would give another picture, so that old entries age out.
const renderVersion = 1;

/** A page asks for thousands of pictures in one or two boxes. */
const pictureDigests = new LRUCache<string, string>({ max: 100 });

/** What is drawn: an image or a frame of a video. */
export type CacheKind = 'image' | 'video';

/**
 * Names a cache entry: 52 hexadecimal digits, another for each content, kind and box. Those of one file begin alike, as
 * `pathDigest` and `fileDigest` say, so that what is left of a file can be told from its names.
 */
export function cacheKey(source: SourceFile, kind: CacheKind, box: Box): string {
  return `${source.digest ?? fileDigest(source)}${pictureDigest(kind, box)}`;
}

/** Tells what is drawn of one content from each other picture of it. */
export function pictureDigest(kind: CacheKind, { width, height }: Box): string {
  const picture = `${kind} ${width} ${height}`;
  const known = pictureDigests.get(picture);
  if (known !== undefined) return known;
  const made = digest([renderVersion, kind, width, height], 12);
  pictureDigests.set(picture, made);
  return made;
}

/** The part of an entry's name that tells its file; undefined for a name of another form. */
export function pathDigestOf(name: string): string | undefined {
  return /^[\da-f]{52}\.webp$/u.test(name) ? name.slice(0, pathDigits) : undefined;
}

/** Whether an entry was drawn of the same file as `key`, of other content. */
export function isOutdated(name: string, key: string): boolean {
  return (
    pathDigestOf(name) === key.slice(0, pathDigits) &&
    name.slice(0, pathDigits + stampDigits) !== key.slice(0, pathDigits + stampDigits)
  );
}

/** The name that an entry had before names told their file: what a cache holds under it is taken over. */
export function earlierKey(source: SourceFile, kind: CacheKind, box: Box): string {
  const parts = [1, kind, box.width, box.height, source.mtimeMs, source.size, source.realPath];
  return digest(parts, 32);
}

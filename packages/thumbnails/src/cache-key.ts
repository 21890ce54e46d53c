import { createHash } from 'node:crypto';

import type { Box } from './box.ts';
import type { SourceFile } from './source-file.ts';

// Raised when the same file and box would give another picture, so that old entries age out.
const renderVersion = 1;

/** What is drawn: an image or a frame of a video. */
export type CacheKind = 'image' | 'video';

/** Names a cache entry: 32 hexadecimal digits, another for each content, kind and box. */
export function cacheKey(source: SourceFile, kind: CacheKind, box: Box): string {
  const parts = [renderVersion, kind, box.width, box.height, source.mtimeMs, source.size, source.realPath];
  // NUL cannot be in a path, so that no two lists of parts give the same text.
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, 32);
}

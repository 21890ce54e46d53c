import { brotliDecompressSync } from 'node:zlib';
import type { Platform } from '../platform.ts';

/** What Node has and the core does without. */
export const nodePlatform: Platform = {
  decompressBrotli: (bytes, limit) => brotliDecompressSync(bytes, { maxOutputLength: limit }),
};

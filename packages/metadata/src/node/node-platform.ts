import { brotliDecompressSync, crc32 } from 'node:zlib';
import type { Platform } from '../platform.ts';

/** What Node has and the core does without. */
export const nodePlatform: Platform = {
  decompressBrotli: (bytes, limit) => brotliDecompressSync(bytes, { maxOutputLength: limit }),
  crc32: (bytes) => crc32(bytes),
};

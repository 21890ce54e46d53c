/** What the core needs of its surroundings and JavaScript alone does not have. */
export interface Platform {
  /**
   * Decompresses Brotli (JPEG XL compresses its metadata so); throws where the result would
   * exceed `limit` bytes. On Node this is `node:zlib`.
   */
  readonly decompressBrotli?: (bytes: Uint8Array, limit: number) => Uint8Array;
  /** The checksum of PNG chunks, where there is a faster one than JavaScript's. On Node this is `node:zlib`. */
  readonly crc32?: (bytes: Uint8Array) => number;
}

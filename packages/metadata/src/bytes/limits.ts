/** Bounds on what a file may make us read or keep. Past one of them, a warning and no value. */
export const limits = {
  /** First read of every file: most files say all they have to say in it. */
  headBytes: 16 * 1024,
  /** Least bytes of every later read, so that a few small fields cost one read. */
  readBytes: 4 * 1024,
  /** Bytes of one embedded value as stored. ComfyUI workflows of some MB exist. */
  valueBytes: 16 * 1024 * 1024,
  /** Bytes of one embedded value after decompression. */
  inflatedBytes: 32 * 1024 * 1024,
  /**
   * Bytes of all values of one file together, after decompression. What is decompressed is counted as it comes, kept or
   * not; so are pixels that are searched for hidden text, until its mark is found.
   */
  totalBytes: 64 * 1024 * 1024,
  /** Chunks, segments, boxes or elements visited in one file. */
  blocks: 100_000,
  /** Embedded values kept from one file. */
  values: 4_096,
  /** Entries of one TIFF directory, and directories of one TIFF block. */
  tiffEntries: 1_024,
  tiffDirectories: 16,
  /** Bytes at the beginning of a GIF that are walked, and at its end that are searched. */
  gifWalkBytes: 1024 * 1024,
  gifTailBytes: 64 * 1024,
  /** Places at the end of a GIF that are tried as the start of a comment. */
  gifTailTries: 256,
  /** Elements and nesting of one XMP packet. */
  xmlElements: 20_000,
  xmlDepth: 64,
  /** Nesting of boxes (MP4, HEIF, JUMBF), elements (Matroska) and CBOR values. */
  depth: 32,
  /** Pixels that a search for hidden text decodes. */
  stealthPixels: 64 * 1024 * 1024,
  /** The same for lossless WebP, whose pixels are slower to come by. */
  webpStealthPixels: 16 * 1024 * 1024,
  /** Bytes of a sidecar file; a Fooocus log of a busy day has some MB. */
  sidecarBytes: 32 * 1024 * 1024,
} as const;

/** Rewrites the metadata of one container and copies its pixels byte for byte. */
export interface MediaWriter {
  /** The file with this infotext in place of the one it had; all else as it was. */
  write(bytes: Uint8Array, infotext: string): Uint8Array;
  /** The file without any description; colour profile and orientation stay. */
  strip(bytes: Uint8Array): Uint8Array;
}

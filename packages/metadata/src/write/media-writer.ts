export interface WriteChanges {
  readonly infotext: string;
  /** Whether content credentials (C2PA) are left out, which hold for the bytes as they were. */
  readonly dropCredentials: boolean;
}

/** Rewrites the metadata of one container and copies its pixels byte for byte. */
export interface MediaWriter {
  /** Whether the file has content credentials (C2PA), whatever they say. */
  isSigned(bytes: Uint8Array): boolean;
  /** The file with this infotext in place of the one it had; all else as it was. */
  write(bytes: Uint8Array, changes: WriteChanges): Uint8Array;
  /** The file without any description but this XMP packet; colour profile and orientation stay. */
  strip(bytes: Uint8Array, packet: Uint8Array | undefined): Uint8Array;
}

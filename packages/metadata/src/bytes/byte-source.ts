/**
 * Random access to the bytes of a file that is never read whole. Anything with these members
 * will do: a range-reading HTTP client, an entry of an archive, a file handle.
 */
export interface ByteSource {
  /** Bytes in the file. */
  readonly size: number;
  /** Base name of the file, where known. */
  readonly name?: string;
  /**
   * Up to `length` bytes from `position`; fewer only at the end of the file. The array must not
   * change later: readers keep views of it.
   */
  read(position: number, length: number): Promise<Uint8Array> | Uint8Array;
}

/** A source whose reads do not wait. */
export interface SyncByteSource extends ByteSource {
  read(position: number, length: number): Uint8Array;
}

/** Bytes that are in memory as they are. */
export function memorySource(bytes: Uint8Array, name?: string): SyncByteSource {
  return {
    size: bytes.length,
    ...(name !== undefined && { name }),
    read: (position, length) => bytes.subarray(position, position + length),
  };
}

/** A `Blob` or `File`, of which only the ranges asked for are loaded. */
export function blobSource(blob: Blob): ByteSource {
  return {
    size: blob.size,
    ...('name' in blob && typeof blob.name === 'string' && { name: blob.name }),
    read: async (position, length) =>
      new Uint8Array(await blob.slice(position, position + length).arrayBuffer()),
  };
}

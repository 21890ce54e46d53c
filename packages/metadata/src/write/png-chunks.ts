import { crc32 } from '../bytes/crc32.ts';
import { uint32Big } from '../bytes/integers.ts';
import { isPngMetadata } from '../containers/png-chunk.ts';
import { MetadataError } from '../metadata-error.ts';
import { asciiAt } from '../text/decode-text.ts';

export interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** With length and checksum, as it lies in the file. */
  readonly raw: Uint8Array;
}

export interface Chunks {
  readonly chunks: readonly Chunk[];
  /** Where they end. */
  readonly end: number;
}

/** The chunks of the picture, up to its end chunk. */
export function splitChunks(bytes: Uint8Array): Chunks {
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const chunk = chunkAt(bytes, at);
    if (chunk === undefined) throw cut();
    chunks.push(chunk);
    at += chunk.raw.length;
    if (chunk.type === 'IEND') return { chunks, end: at };
  }
  throw cut();
}

function cut(): MetadataError {
  return new MetadataError('invalid-file', 'The PNG ends before its end chunk.');
}

/** The texts that some writers append behind the end chunk; other bytes may follow them. */
export function splitAppended(bytes: Uint8Array, start: number): Chunks {
  const chunks: Chunk[] = [];
  let end = start;
  for (let chunk = chunkAt(bytes, end); chunk && isPngMetadata(chunk.type); chunk = chunkAt(bytes, end)) {
    chunks.push(chunk);
    end += chunk.raw.length;
  }
  return { chunks, end };
}

function chunkAt(bytes: Uint8Array, at: number): Chunk | undefined {
  const length = uint32Big(bytes, at);
  const raw = bytes.subarray(at, at + 12 + length);
  if (raw.length < 12 + length) return undefined;
  return { type: asciiAt(bytes, at + 4, 4), data: raw.subarray(8, 8 + length), raw };
}

/** A chunk with its length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

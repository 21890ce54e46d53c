import { Gunzip, Inflate, Unzlib } from 'fflate';

/** Input per step: a deflate stream grows at most a thousandfold, so a step stays below 4 MB. */
const stepBytes = 4 * 1024;

/**
 * Decompresses, and stops with undefined where the result would exceed `limit`. A stream that
 * breaks off gives what came before the damage, with `complete` false.
 */
export function inflateBounded(
  bytes: Uint8Array,
  limit: number,
  format: 'zlib' | 'gzip' | 'raw' = 'zlib',
): { bytes: Uint8Array; complete: boolean } | undefined {
  const output = { chunks: [] as Uint8Array[], total: 0, complete: false };
  const stream = inflater(format, (chunk, final) => {
    output.chunks.push(chunk);
    output.total += chunk.length;
    output.complete ||= final;
  });
  try {
    for (let at = 0; at < bytes.length; at += stepBytes) {
      stream.push(bytes.subarray(at, at + stepBytes), at + stepBytes >= bytes.length);
      if (output.total > limit) return undefined;
    }
  } catch {
    output.complete = false;
  }
  return { bytes: joinBytes(output.chunks), complete: output.complete };
}

function inflater(format: 'zlib' | 'gzip' | 'raw', collect: (c: Uint8Array, f: boolean) => void) {
  if (format === 'gzip') return new Gunzip(collect);
  return format === 'zlib' ? new Unzlib(collect) : new Inflate(collect);
}

/** One array out of many. */
export function joinBytes(parts: readonly Uint8Array[]): Uint8Array {
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  const joined = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    joined.set(part, at);
    at += part.length;
  }
  return joined;
}

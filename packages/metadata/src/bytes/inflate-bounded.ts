import { Gunzip, Unzlib } from 'fflate';
import type { ByteBudget } from './byte-budget.ts';

/** Input per step: a deflate stream grows at most a thousandfold, so a step stays below 4 MB. */
const stepBytes = 4 * 1024;

type Format = 'zlib' | 'gzip';

/**
 * Decompresses, and stops with undefined where the result would exceed `limit` or what is left of
 * `budget`. A stream that breaks off gives what came before the damage, with `complete` false.
 */
export function inflateBounded(
  bytes: Uint8Array,
  limit: number,
  budget: ByteBudget,
  format: Format = 'zlib',
): { bytes: Uint8Array; complete: boolean } | undefined {
  const most = Math.min(limit, budget.left);
  if (most === 0) return undefined;
  const output = { chunks: [] as Uint8Array[], total: 0, complete: false };
  const stream = inflater(format, (chunk, final) => {
    budget.spend(chunk.length);
    output.total += chunk.length;
    if (output.total <= most) output.chunks.push(chunk);
    output.complete ||= final;
  });
  try {
    for (let at = 0; at < bytes.length; at += stepBytes) {
      stream.push(bytes.subarray(at, at + stepBytes), at + stepBytes >= bytes.length);
      if (output.total > most) return undefined;
    }
  } catch {
    output.complete = false;
  }
  return { bytes: joinBytes(output.chunks), complete: output.complete };
}

function inflater(format: Format, collect: (chunk: Uint8Array, final: boolean) => void): Gunzip | Unzlib {
  return format === 'gzip' ? new Gunzip(collect) : new Unzlib(collect);
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

import { uint32Big } from '../bytes/integers.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { Findings } from './findings.ts';

export interface PngChunk {
  readonly name: string;
  readonly data: Uint8Array;
}

const headerLength = 13;
const signatureLength = 8;

/**
 * The chunks of a PNG from which the pixels were left out: `pieces` are the signature with IHDR,
 * then whole chunks. A chunk whose checksum is wrong is kept, with a warning.
 */
export function extractPngChunks(pieces: readonly Uint8Array[], found: Findings): PngChunk[] {
  const [header, ...chunks] = pieces;
  if (header === undefined || chunks.length === 0) return [];
  // The header's length is the only one that was not walked over.
  if (uint32Big(header, signatureLength) !== headerLength) {
    found.warn('malformed', 'The header of the PNG has a wrong length.');
  } else checkedChunk(header.subarray(signatureLength), found);
  return chunks.map((chunk) => checkedChunk(chunk, found));
}

/** Length, name, data and checksum of the two before it. */
function checkedChunk(chunk: Uint8Array, found: Findings): PngChunk {
  const end = 8 + uint32Big(chunk, 0);
  const name = asciiAt(chunk, 4, 4);
  if (found.crc32(chunk.subarray(4, end)) !== uint32Big(chunk, end)) {
    found.warn('malformed', `The checksum of the PNG chunk ${name} is wrong.`);
  }
  return { name, data: chunk.subarray(8, end) };
}

import extractChunks from 'png-chunks-extract';
import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint32Big } from '../bytes/integers.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { Findings } from './findings.ts';

export interface PngChunk {
  readonly name: string;
  readonly data: Uint8Array;
}

const headerLength = 13;
const end = new Uint8Array([0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82]);

/**
 * The chunks of a PNG from which the pixels were left out: `pieces` are the signature with IHDR,
 * then whole chunks. A chunk whose checksum is wrong is kept, with a warning.
 */
export function extractPngChunks(pieces: readonly Uint8Array[], found: Findings): PngChunk[] {
  const [header, ...chunks] = pieces;
  if (header === undefined || chunks.length === 0) return [];
  // The library believes every length: the header's is the only one that was not walked over.
  if (uint32Big(header, 8) !== headerLength) {
    found.warn('malformed', 'The header of the PNG has a wrong length.');
    return splitChunks(chunks);
  }
  try {
    return extractChunks(joinBytes([...pieces, end]));
  } catch (error) {
    found.warn('malformed', error instanceof Error ? error.message : String(error));
    return splitChunks(chunks);
  }
}

function splitChunks(chunks: readonly Uint8Array[]): PngChunk[] {
  return chunks.map((chunk) => ({
    name: asciiAt(chunk, 4, 4),
    data: chunk.subarray(8, 8 + uint32Big(chunk, 0)),
  }));
}

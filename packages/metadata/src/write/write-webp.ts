import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint16Little, uint32Little } from '../bytes/integers.ts';
import { orientationExif, readOrientation } from '../exif/orientation.ts';
import { withUserComment } from '../exif/user-comment-exif.ts';
import { MetadataError } from '../metadata-error.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { MediaWriter } from './media-writer.ts';

const exifFlag = 0x08;
const xmpFlag = 0x04;
const alphaFlag = 0x10;
const credentials = 'C2PA';

/** WebP: the infotext as EXIF UserComment in an extended file. */
export const webpWriter: MediaWriter = {
  isSigned: (bytes) => splitChunks(bytes).some(({ type }) => type === credentials),
  write(bytes, { infotext, dropCredentials }) {
    const chunks = splitChunks(bytes).filter(({ type }) => !(dropCredentials && type === credentials));
    const old = chunks.find(({ type }) => type === 'EXIF');
    const exif = chunk('EXIF', withUserComment(old?.data, infotext));
    const others = extended(chunks).filter(({ type }) => type !== 'EXIF');
    // EXIF comes before XMP, after every part of the picture.
    const xmp = others.findIndex(({ type }) => type === 'XMP ');
    others.splice(xmp < 0 ? others.length : xmp, 0, exif);
    return joinFile(withFlags(others, exifFlag, 0));
  },
  strip(bytes, packet) {
    const chunks = splitChunks(bytes);
    const exif = chunks.find(({ type }) => type === 'EXIF');
    const orientation = exif === undefined ? 1 : readOrientation(exif.data);
    const kept = chunks.filter(({ type }) => needed.has(type));
    const isTurned = orientation !== 1;
    const added = [
      ...(isTurned ? [chunk('EXIF', orientationExif(orientation))] : []),
      ...(packet === undefined ? [] : [chunk('XMP ', packet)]),
    ];
    const on = (isTurned ? exifFlag : 0) | (packet === undefined ? 0 : xmpFlag);
    const parts = added.length === 0 ? kept : [...extended(kept), ...added];
    return joinFile(withFlags(parts, on, (exifFlag | xmpFlag) & ~on));
  },
};

const needed = new Set(['VP8X', 'VP8 ', 'VP8L', 'ICCP', 'ANIM', 'ANMF', 'ALPH']);

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
}

function chunk(type: string, data: Uint8Array): Chunk {
  return { type, data };
}

function splitChunks(bytes: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 12; at + 8 <= bytes.length;) {
    const length = uint32Little(bytes, at + 4);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (data.length < length) {
      throw new MetadataError('invalid-file', 'The WebP file ends inside a chunk.');
    }
    chunks.push({ type: asciiAt(bytes, at, 4), data });
    at += 8 + length + (length % 2);
  }
  return chunks;
}

/** The chunks with the VP8X header that every other chunk than the picture asks for. */
function extended(chunks: readonly Chunk[]): Chunk[] {
  const [first] = chunks;
  if (first === undefined || first.type === 'VP8X') return [...chunks];
  const { width, height, alpha } = pictureFacts(first);
  const header = new Uint8Array(10);
  header[0] = alpha ? alphaFlag : 0;
  [width - 1, height - 1].forEach((value, index) => {
    header.set([value & 0xff, (value >> 8) & 0xff, value >> 16], 4 + index * 3);
  });
  return [chunk('VP8X', header), ...chunks];
}

function pictureFacts({ type, data }: Chunk): { width: number; height: number; alpha: boolean } {
  if (type === 'VP8 ') {
    const [width, height] = [uint16Little(data, 6) & 0x3fff, uint16Little(data, 8) & 0x3fff];
    return { width, height, alpha: false };
  }
  if (type !== 'VP8L') throw new MetadataError('invalid-file', 'The WebP file has no picture.');
  const bits = uint32Little(data, 1);
  return {
    width: (bits & 0x3fff) + 1,
    height: ((bits >>> 14) & 0x3fff) + 1,
    alpha: ((bits >>> 28) & 1) === 1,
  };
}

function withFlags(chunks: readonly Chunk[], on: number, off: number): Chunk[] {
  return chunks.map((candidate) => {
    if (candidate.type !== 'VP8X') return candidate;
    // A Buffer's `slice` would share the caller's memory.
    const data = new Uint8Array(candidate.data);
    data[0] = ((data[0] ?? 0) | on) & ~off;
    return chunk('VP8X', data);
  });
}

function joinFile(chunks: readonly Chunk[]): Uint8Array {
  const parts = chunks.flatMap(({ type, data }) => [
    header(type, data.length),
    data,
    new Uint8Array(data.length % 2),
  ]);
  const body = joinBytes([new TextEncoder().encode('WEBP'), ...parts]);
  return joinBytes([header('RIFF', body.length), body]);
}

function header(type: string, length: number): Uint8Array {
  const bytes = new Uint8Array(8);
  bytes.set(new TextEncoder().encode(type));
  new DataView(bytes.buffer).setUint32(4, length, true);
  return bytes;
}

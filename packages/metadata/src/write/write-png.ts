import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint32Big } from '../bytes/integers.ts';
import { readOrientation, orientationExif } from '../exif/orientation.ts';
import { MetadataError } from '../metadata-error.ts';
import { asciiAt, decodeText } from '../text/decode-text.ts';
import { crc32 } from '../bytes/crc32.ts';
import type { MediaWriter } from './media-writer.ts';

/** PNG: the infotext as chunk `parameters` before the pixels, tEXt, or iTXt beyond ASCII. */
export const pngWriter: MediaWriter = {
  write(bytes, infotext) {
    const chunks = splitChunks(bytes).filter(({ type, data }) => !isParameters(type, data));
    const [header, ...others] = chunks.map(({ raw }) => raw);
    return joinBytes([bytes.subarray(0, 8), ...(header ? [header] : []), textChunk(infotext), ...others]);
  },
  strip(bytes) {
    const chunks = splitChunks(bytes).flatMap(({ type, data, raw }) => {
      if (type === 'eXIf') return keptOrientation(data);
      return descriptive.has(type) ? [] : [raw];
    });
    return joinBytes([bytes.subarray(0, 8), ...chunks]);
  },
};

const descriptive = new Set(['tEXt', 'zTXt', 'iTXt', 'comf', 'caBX', 'tIME', 'prVW', 'mkBF']);

interface Chunk {
  readonly type: string;
  readonly data: Uint8Array;
  /** With length and checksum, as it lies in the file. */
  readonly raw: Uint8Array;
}

function splitChunks(bytes: Uint8Array): Chunk[] {
  const chunks: Chunk[] = [];
  for (let at = 8; at < bytes.length;) {
    const length = uint32Big(bytes, at);
    const raw = bytes.subarray(at, at + 12 + length);
    const type = asciiAt(bytes, at + 4, 4);
    if (raw.length < 12 + length) throw cut();
    chunks.push({ type, data: raw.subarray(8, 8 + length), raw });
    at += raw.length;
    if (type === 'IEND') return chunks;
  }
  throw cut();
}

function cut(): MetadataError {
  return new MetadataError('invalid-file', 'The PNG ends before its end chunk.');
}

function isParameters(type: string, data: Uint8Array): boolean {
  if (type !== 'tEXt' && type !== 'iTXt' && type !== 'zTXt') return false;
  return decodeText(data.subarray(0, data.indexOf(0))) === 'parameters';
}

function textChunk(infotext: string): Uint8Array {
  const text = new TextEncoder().encode(infotext);
  // Some readers take tEXt for UTF-8 and some for Latin-1: only ASCII is the same in both.
  return text.every((byte) => byte < 0x80)
    ? pngChunk('tEXt', joinBytes([new TextEncoder().encode('parameters\0'), text]))
    : pngChunk('iTXt', joinBytes([new TextEncoder().encode('parameters\0\0\0\0\0'), text]));
}

function keptOrientation(exif: Uint8Array): Uint8Array[] {
  const orientation = readOrientation(exif);
  return orientation === 1 ? [] : [pngChunk('eXIf', orientationExif(orientation))];
}

/** A chunk with its length and checksum. */
function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const chunk = new Uint8Array(12 + data.length);
  const view = new DataView(chunk.buffer);
  view.setUint32(0, data.length);
  chunk.set(new TextEncoder().encode(type), 4);
  chunk.set(data, 8);
  view.setUint32(8 + data.length, crc32(chunk.subarray(4, 8 + data.length)));
  return chunk;
}

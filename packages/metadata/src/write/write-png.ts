import { joinBytes } from '../bytes/inflate-bounded.ts';
import { uint32Big } from '../bytes/integers.ts';
import { isPngMetadata } from '../containers/png-chunk.ts';
import { readOrientation, orientationExif } from '../exif/orientation.ts';
import { MetadataError } from '../metadata-error.ts';
import { asciiAt, decodeText } from '../text/decode-text.ts';
import { crc32 } from '../bytes/crc32.ts';
import type { MediaWriter } from './media-writer.ts';

/** PNG: the infotext as chunk `parameters` before the pixels, tEXt, or iTXt beyond ASCII. */
export const pngWriter: MediaWriter = {
  write(bytes, infotext) {
    const { chunks, end } = splitChunks(bytes);
    const appended = splitAppended(bytes, end);
    const kept = [...chunks, ...appended.chunks].filter(({ type, data }) => !isParameters(type, data));
    const [header, ...others] = kept.map(({ raw }) => raw);
    const start = [bytes.subarray(0, 8), ...(header ? [header] : []), textChunk(infotext)];
    return joinBytes([...start, ...others, bytes.subarray(appended.end)]);
  },
  strip(bytes) {
    const chunks = splitChunks(bytes).chunks.flatMap(({ type, data, raw }) => {
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

interface Chunks {
  readonly chunks: readonly Chunk[];
  /** Where they end. */
  readonly end: number;
}

/** The chunks of the picture, up to its end chunk. */
function splitChunks(bytes: Uint8Array): Chunks {
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

/** The texts that some writers append behind the end chunk; other bytes may follow them. */
function splitAppended(bytes: Uint8Array, start: number): Chunks {
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

import { deflateSync } from 'node:zlib';
import { crc32 } from '../../src/bytes/crc32.ts';
import { bytes, uint32, utf8 } from './bytes.ts';

/** A PNG chunk with length and checksum. */
export function pngChunk(type: string, data: Uint8Array): Uint8Array {
  const body = bytes(type, data);
  return bytes(uint32(data.length), body, uint32(crc32(body)));
}

/** Text as given: callers choose `utf8(...)` or one byte a character. */
export function textChunk(keyword: string, text: string | Uint8Array): Uint8Array {
  return pngChunk('tEXt', bytes(keyword, 0, text));
}

export function compressedTextChunk(keyword: string, text: string): Uint8Array {
  return pngChunk('zTXt', bytes(keyword, 0, 0, deflateSync(utf8(text))));
}

export function internationalTextChunk(
  keyword: string,
  text: string,
  options: { compressed?: boolean; language?: string } = {},
): Uint8Array {
  const { compressed = false, language = '' } = options;
  const body = compressed ? deflateSync(utf8(text)) : utf8(text);
  return pngChunk('iTXt', bytes(keyword, 0, compressed ? 1 : 0, 0, language, 0, 0, body));
}

export interface PngParts {
  readonly width?: number;
  readonly height?: number;
  /** Chunks before and after the pixels. */
  readonly before?: readonly Uint8Array[];
  readonly after?: readonly Uint8Array[];
  /** RGBA of every pixel; a transparent picture otherwise. */
  readonly rgba?: Uint8Array;
  /** 6 is RGBA, 2 is RGB (of `rgba` the fourth byte is left out). */
  readonly colourType?: 2 | 6;
  /** Length of the pixel chunks. */
  readonly pixelChunk?: number;
}

/** The smallest PNG that decodes, around the given chunks. */
export function buildPng(parts: PngParts = {}): Uint8Array {
  const { width = 8, height = 8, before = [], after = [], colourType = 6 } = parts;
  const rgba = parts.rgba ?? new Uint8Array(width * height * 4);
  const channels = colourType === 6 ? 4 : 3;
  const rows = new Uint8Array(height * (1 + width * channels));
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const pixel = rgba.subarray((y * width + x) * 4, (y * width + x) * 4 + channels);
      rows.set(pixel, y * (1 + width * channels) + 1 + x * channels);
    }
  }
  const header = bytes(uint32(width), uint32(height), 8, colourType, 0, 0, 0);
  return bytes(
    new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    pngChunk('IHDR', header),
    ...before,
    ...pixelChunks(deflateSync(rows), parts.pixelChunk ?? 8192),
    ...after,
    pngChunk('IEND', new Uint8Array(0)),
  );
}

function pixelChunks(data: Uint8Array, length: number): Uint8Array[] {
  const chunks: Uint8Array[] = [];
  for (let at = 0; at < data.length; at += length) {
    chunks.push(pngChunk('IDAT', data.subarray(at, at + length)));
  }
  return chunks;
}

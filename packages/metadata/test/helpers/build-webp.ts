import { bytes, uint32 } from './bytes.ts';

export function riffChunk(type: string, data: Uint8Array): Uint8Array {
  return bytes(type, uint32(data.length, 'little'), data, new Uint8Array(data.length % 2));
}

export function riffFile(form: string, ...chunks: Uint8Array[]): Uint8Array {
  const body = bytes(form, ...chunks);
  return bytes('RIFF', uint32(body.length, 'little'), body);
}

/** A lossless picture of 1 x 1, as libwebp writes it. */
export const losslessPixel = new Uint8Array([
  0x2f, 0x00, 0x00, 0x00, 0x10, 0x07, 0x10, 0x11, 0x11, 0x88, 0x88, 0xfe, 0x07,
]);

/** An extended WebP of 1 x 1 with the given chunks after the picture. */
export function buildWebp(chunks: readonly Uint8Array[], flags = 0x08): Uint8Array {
  const header = bytes(flags, 0, 0, 0, new Uint8Array(6));
  const picture = riffChunk('VP8L', losslessPixel);
  return riffFile('WEBP', riffChunk('VP8X', header), picture, ...chunks);
}

export function exifChunk(tiff: Uint8Array): Uint8Array {
  return riffChunk('EXIF', tiff);
}

import type { EmbeddedText } from '../../src/image-metadata.ts';

/** What a test of a dialect needs of a file, read without the carriers under test elsewhere. */
export interface PlainFile {
  readonly embedded: readonly EmbeddedText[];
  readonly width: number;
  readonly height: number;
}

/** Reads the plain text chunks of a PNG, or the two EXIF texts that ComfyUI puts into WebP. */
export function embeddedTexts(bytes: Uint8Array): PlainFile {
  return bytes[0] === 0x89 ? pngTexts(Buffer.from(bytes)) : webpTexts(Buffer.from(bytes));
}

function pngTexts(bytes: Buffer): PlainFile {
  const embedded: EmbeddedText[] = [];
  for (let at = 8; at + 8 <= bytes.length;) {
    const length = bytes.readUInt32BE(at);
    const type = bytes.toString('latin1', at + 4, at + 8);
    const data = bytes.subarray(at + 8, at + 8 + length);
    if (type === 'tEXt') embedded.push(textChunk(data));
    at += length + 12;
  }
  return { embedded, width: bytes.readUInt32BE(16), height: bytes.readUInt32BE(20) };
}

function textChunk(data: Buffer): EmbeddedText {
  const end = data.indexOf(0);
  const text = data.toString('utf8', end + 1);
  return { location: 'png:tEXt', key: data.toString('latin1', 0, end), text };
}

function webpTexts(bytes: Buffer): PlainFile {
  const exif = bytes.indexOf('EXIF', 12, 'latin1');
  const data = bytes.toString('utf8', exif + 8, exif + 8 + bytes.readUInt32LE(exif + 4));
  const texts = data.split('\0').filter((text) => /^(?:prompt|workflow):/.test(text));
  return {
    embedded: texts.map((text) => ({ location: 'webp:exif', key: '', text })),
    width: bytes.readUIntLE(24, 3) + 1,
    height: bytes.readUIntLE(27, 3) + 1,
  };
}

import { open } from 'node:fs/promises';

interface Signature {
  readonly format: string;
  readonly at: number;
  readonly bytes: Buffer;
}

const ascii = (format: string, at: number, text: string): Signature => ({
  format,
  at,
  bytes: Buffer.from(text, 'latin1'),
});

// The first bytes that the specification of each format demands.
const signatures: readonly Signature[] = [
  ascii('png', 0, '\x89PNG\r\n\x1a\n'),
  ascii('jpeg', 0, '\xff\xd8\xff'),
  ascii('webp', 8, 'WEBPVP8'),
  ascii('gif', 0, 'GIF8'),
  ascii('tiff', 0, 'II*\0'),
  ascii('tiff', 0, 'MM\0*'),
  ascii('tiff', 0, 'II+\0'),
  ascii('tiff', 0, 'MM\0+'),
  ascii('avif', 4, 'ftypavif'),
  ascii('avif', 4, 'ftypavis'),
  ascii('heif', 4, 'ftypheic'),
  ascii('heif', 4, 'ftypheix'),
  ascii('heif', 4, 'ftyphevc'),
  ascii('heif', 4, 'ftypmif1'),
  ascii('heif', 4, 'ftypmsf1'),
  ascii('jxl', 0, '\xff\x0a'),
  ascii('jxl', 0, '\0\0\0\x0cJXL \r\n\x87\n'),
  ascii('jp2', 0, '\0\0\0\x0cjP  \r\n\x87\n'),
  ascii('jp2', 0, '\xff\x4f\xff\x51'),
  ascii('bmp', 0, 'BM'),
  ascii('ico', 0, '\0\0\x01\0'),
  ascii('psd', 0, '8BPS'),
  ascii('exr', 0, 'v/1\x01'),
];

const longestSignature = 16;

/** Names the image format that a file claims to have by its first bytes; SVG and others that are text have none. */
export async function imageSignature(path: string): Promise<string | undefined> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(longestSignature));
    const head = buffer.subarray(0, bytesRead);
    return signatures.find(({ at, bytes }) => bytes.equals(head.subarray(at, at + bytes.length)))?.format;
  } finally {
    await file.close();
  }
}

import { closeSync, openSync, readSync } from 'node:fs';

/** The format that a file claims to have. */
export interface FileSignature {
  readonly media: 'image' | 'video';
  readonly format: string;
}

interface Rule extends FileSignature {
  readonly at: number;
  readonly bytes: Buffer;
}

const rule =
  (media: Rule['media']) =>
  (format: string, at: number, text: string): Rule => ({
    media,
    format,
    at,
    bytes: Buffer.from(text, 'latin1'),
  });
const image = rule('image');
const video = rule('video');

// The first bytes that the specification of each format demands; earlier rules win.
const rules: readonly Rule[] = [
  image('png', 0, '\x89PNG\r\n\x1a\n'),
  image('jpeg', 0, '\xff\xd8\xff'),
  image('webp', 8, 'WEBPVP8'),
  image('gif', 0, 'GIF8'),
  image('tiff', 0, 'II*\0'),
  image('tiff', 0, 'MM\0*'),
  image('tiff', 0, 'II+\0'),
  image('tiff', 0, 'MM\0+'),
  image('avif', 4, 'ftypavif'),
  image('avif', 4, 'ftypavis'),
  image('heic', 4, 'ftyphe'),
  image('heic', 4, 'ftypmif1'),
  image('heic', 4, 'ftypmsf1'),
  image('jxl', 0, '\xff\x0a'),
  image('jxl', 0, '\0\0\0\x0cJXL \r\n\x87\n'),
  image('jp2', 0, '\0\0\0\x0cjP  \r\n\x87\n'),
  image('jp2', 0, '\xff\x4f\xff\x51'),
  image('bmp', 0, 'BM'),
  image('ico', 0, '\0\0\x01\0'),
  image('psd', 0, '8BPS'),
  video('mp4', 4, 'ftyp'),
  video('mov', 4, 'moov'),
  video('mov', 4, 'mdat'),
  video('mov', 4, 'wide'),
  video('matroska', 0, '\x1a\x45\xdf\xa3'),
  video('avi', 8, 'AVI '),
  video('flv', 0, 'FLV\x01'),
  video('asf', 0, '\x30\x26\xb2\x75\x8e\x66\xcf\x11'),
  video('mpeg', 0, '\0\0\x01\xba'),
  video('mpeg', 0, '\0\0\x01\xb3'),
  video('ogg', 0, 'OggS'),
  video('mpegts', 188, 'G'),
];

const headBytes = 192;

/** Names the format that a file claims to have by its first bytes; text formats such as SVG have none. */
export function fileSignature(path: string): FileSignature | undefined {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(headBytes);
    const head = buffer.subarray(0, readSync(file, buffer));
    return rules.find(({ at, bytes }) => bytes.equals(head.subarray(at, at + bytes.length)));
  } finally {
    closeSync(file);
  }
}

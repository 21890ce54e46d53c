import { exifWithComment } from './exif.ts';

const start = Buffer.from([0xff, 0xd8]);
const end = Buffer.from([0xff, 0xd9]);
const scans = new Map<string, Buffer>();

/** A valid baseline JPEG of that size, one flat grey, with the text in the EXIF user comment. */
export function jpegWithText(width: number, height: number, text: string): Buffer {
  const exif = segment(0xe1, Buffer.concat([Buffer.from('Exif\0\0', 'latin1'), exifWithComment(text)]));
  return Buffer.concat([start, exif, flatGrey(width, height), end]);
}

function flatGrey(width: number, height: number): Buffer {
  const key = `${width}x${height}`;
  const known = scans.get(key);
  if (known !== undefined) return known;
  const made = Buffer.concat([
    segment(0xdb, Buffer.from([0, ...Array.from({ length: 64 }, () => 1)])),
    segment(0xc0, frameHeader(width, height)),
    segment(0xc4, oneCodeTable(0x00)),
    segment(0xc4, oneCodeTable(0x10)),
    segment(0xda, Buffer.from([1, 1, 0x00, 0, 63, 0])),
    scan(width, height),
  ]);
  scans.set(key, made);
  return made;
}

function frameHeader(width: number, height: number): Buffer {
  const body = Buffer.from([8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  body.writeUInt16BE(height, 1);
  body.writeUInt16BE(width, 3);
  return body;
}

/** A Huffman table whose only code, the bit 0, means symbol 0: "no change" for DC, "end of block" for AC. */
function oneCodeTable(selector: number): Buffer {
  return Buffer.from([selector, 1, ...Array.from({ length: 15 }, () => 0), 0]);
}

/** Two zero bits a block, the last byte filled up with ones as the standard asks. */
function scan(width: number, height: number): Buffer {
  const bits = 2 * Math.ceil(width / 8) * Math.ceil(height / 8);
  const bytes = Buffer.alloc(Math.ceil(bits / 8));
  const spare = bytes.length * 8 - bits;
  if (spare > 0) bytes[bytes.length - 1] = (1 << spare) - 1;
  return bytes;
}

function segment(marker: number, body: Buffer): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([head, body]);
}

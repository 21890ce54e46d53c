import { exifWithComment } from './exif.ts';

const exifFlag = 0x08;

/** A valid lossless WebP of that size, one flat colour, with the text in the EXIF user comment. */
export function webpWithText(width: number, height: number, text: string): Buffer {
  const body = Buffer.concat([
    Buffer.from('WEBP', 'latin1'),
    chunk('VP8X', extendedHeader(width, height)),
    chunk('VP8L', flatColour(width, height)),
    chunk('EXIF', exifWithComment(text)),
  ]);
  const head = Buffer.from('RIFF\0\0\0\0', 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body]);
}

function extendedHeader(width: number, height: number): Buffer {
  const body = Buffer.alloc(10);
  body[0] = exifFlag;
  body.writeUIntLE(width - 1, 4, 3);
  body.writeUIntLE(height - 1, 7, 3);
  return body;
}

/** Five prefix codes of one symbol each take no bits per pixel, so the picture is its header. */
function flatColour(width: number, height: number): Buffer {
  const bits = new BitWriter();
  bits.write(width - 1, 14);
  bits.write(height - 1, 14);
  bits.write(0, 1 + 3);
  bits.write(0, 1 + 1 + 1);
  for (const symbol of [0x60, 0x50, 0x40, 0xff, 0]) writeOneSymbolCode(bits, symbol);
  return Buffer.concat([Buffer.from([0x2f]), bits.bytes()]);
}

function writeOneSymbolCode(bits: BitWriter, symbol: number): void {
  bits.write(1, 1);
  bits.write(0, 1);
  bits.write(1, 1);
  bits.write(symbol, 8);
}

class BitWriter {
  readonly #bits: number[] = [];

  write(value: number, count: number): void {
    for (let bit = 0; bit < count; bit++) this.#bits.push((value >> bit) & 1);
  }

  bytes(): Buffer {
    const bytes = Buffer.alloc(Math.ceil(this.#bits.length / 8));
    for (const [index, bit] of this.#bits.entries()) {
      bytes[index >> 3] = (bytes[index >> 3] ?? 0) | (bit << (index & 7));
    }
    return bytes;
  }
}

function chunk(type: string, body: Buffer): Buffer {
  const head = Buffer.from(`${type}\0\0\0\0`, 'latin1');
  head.writeUInt32LE(body.length, 4);
  return Buffer.concat([head, body, Buffer.alloc(body.length % 2)]);
}

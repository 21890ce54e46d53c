import { crc32, deflateSync } from 'node:zlib';

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const end = chunk('IEND', Buffer.alloc(0));
const blackPixels = new Map<string, Buffer>();

/** A valid PNG of that size, all black at one bit a pixel, with one text chunk: tEXt where Latin-1 holds it, else iTXt. */
export function pngWithText(width: number, height: number, keyword: string, text: string): Buffer {
  return Buffer.concat([
    signature,
    header(width, height),
    textChunk(keyword, text),
    pixels(width, height),
    end,
  ]);
}

function header(width: number, height: number): Buffer {
  const body = Buffer.alloc(13);
  body.writeUInt32BE(width, 0);
  body.writeUInt32BE(height, 4);
  body[8] = 1;
  return chunk('IHDR', body);
}

function textChunk(keyword: string, text: string): Buffer {
  if (!/[\u0100-\uffff]/.test(text)) return chunk('tEXt', Buffer.from(`${keyword}\0${text}`, 'latin1'));
  return chunk(
    'iTXt',
    Buffer.concat([Buffer.from(`${keyword}\0\0\0\0\0`, 'latin1'), Buffer.from(text, 'utf8')]),
  );
}

function pixels(width: number, height: number): Buffer {
  const key = `${width}x${height}`;
  const known = blackPixels.get(key);
  if (known !== undefined) return known;
  const rowBytes = 1 + Math.ceil(width / 8);
  const made = chunk('IDAT', deflateSync(Buffer.alloc(rowBytes * height), { level: 9 }));
  blackPixels.set(key, made);
  return made;
}

function chunk(type: string, body: Buffer): Buffer {
  const whole = Buffer.alloc(12 + body.length);
  whole.writeUInt32BE(body.length, 0);
  whole.write(type, 4, 'latin1');
  body.copy(whole, 8);
  whole.writeUInt32BE(crc32(whole.subarray(4, 8 + body.length)), 8 + body.length);
  return whole;
}

import { BadBitstream, BitReader } from './bit-reader.ts';
import { type Argb, decodePixels } from './decode-pixels.ts';
import { type Transform, undoTransform } from './transforms.ts';

/**
 * The first rows of a lossless WebP picture (the content of its `VP8L` chunk), as 0xAARRGGBB;
 * undefined where the bitstream is damaged. Follows the WebP lossless specification.
 */
export function decodeVp8l(bytes: Uint8Array, rows: number): Argb | undefined {
  try {
    return decode(new BitReader(bytes), rows);
  } catch (error) {
    if (error instanceof BadBitstream) return undefined;
    throw error;
  }
}

function decode(reader: BitReader, wanted: number): Argb {
  if (reader.bits(8) !== 0x2f) throw new BadBitstream('The signature is missing.');
  const width = reader.bits(14) + 1;
  const height = reader.bits(14) + 1;
  const rows = Math.min(wanted, height);
  reader.bits(4);
  const { transforms, packedWidth } = readTransforms(reader, width, height);
  let pixels = decodePixels(reader, packedWidth, height, true, rows);
  let current = packedWidth;
  for (const transform of transforms.reverse()) {
    if (transform.kind === 'palette') current = transform.width;
    pixels = undoTransform(transform, pixels, current);
  }
  return pixels;
}

function readTransforms(
  reader: BitReader,
  width: number,
  height: number,
): { transforms: Transform[]; packedWidth: number } {
  const transforms: Transform[] = [];
  let packedWidth = width;
  while (reader.bit() === 1) {
    // Each kind is allowed once.
    if (transforms.length === 4) throw new BadBitstream('There are too many transforms.');
    const kind = reader.bits(2);
    if (kind < 2) {
      const bits = reader.bits(3) + 2;
      const data = decodePixels(
        reader,
        Math.ceil(packedWidth / 2 ** bits),
        Math.ceil(height / 2 ** bits),
        false,
      );
      transforms.push({ kind: kind === 0 ? 'predictor' : 'colour', bits, data });
    } else if (kind === 2) transforms.push({ kind: 'green' });
    else {
      const size = reader.bits(8) + 1;
      const bits = size <= 2 ? 3 : size <= 4 ? 2 : size <= 16 ? 1 : 0;
      transforms.push({ kind: 'palette', bits, data: readPalette(reader, size), width: packedWidth });
      packedWidth = Math.ceil(packedWidth / 2 ** bits);
    }
  }
  return { transforms, packedWidth };
}

/** Each colour is stored as the difference from the one before it, channel by channel. */
function readPalette(reader: BitReader, size: number): Argb {
  const colours = decodePixels(reader, size, 1, false);
  for (let index = 1; index < size; index += 1) {
    const [one, other] = [colours[index] ?? 0, colours[index - 1] ?? 0];
    const alphaAndGreen = ((one & 0xff00ff00) >>> 0) + ((other & 0xff00ff00) >>> 0);
    const redAndBlue = (one & 0x00ff00ff) + (other & 0x00ff00ff);
    colours[index] = ((alphaAndGreen & 0xff00ff00) | (redAndBlue & 0x00ff00ff)) >>> 0;
  }
  return colours;
}

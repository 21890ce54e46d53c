import { asRenderFailure } from './render-failure.ts';
import { sharp } from './sharp.ts';

const columns = 9;
const rows = 8;

/**
 * The difference hash (dHash): the picture in grey and squeezed to 9 x 8 pixels; a bit for each two
 * neighbours in a row, set when the right one is brighter; rows from the top, the first bit highest.
 *
 * @see https://www.hackerfactor.com/blog/index.php?/archives/529-Kind-of-Like-That.html
 */
export async function perceptualHash(picture: Buffer): Promise<string> {
  try {
    const grey = await sharp(picture)
      .flatten({ background: 'black' })
      .greyscale()
      .resize(columns, rows, { fit: 'fill' })
      .raw()
      .toBuffer();
    return differenceHash(grey);
  } catch (error) {
    throw asRenderFailure(error, 'the picture');
  }
}

/** Gives 16 hexadecimal digits for 9 x 8 grey values. */
export function differenceHash(grey: Uint8Array): string {
  let hash = 0n;
  for (let row = 0; row < rows; row++) {
    for (let column = 1; column < columns; column++) {
      const at = row * columns + column;
      const brighter = (grey[at] ?? 0) > (grey[at - 1] ?? 0);
      hash = (hash << 1n) | (brighter ? 1n : 0n);
    }
  }
  return hash.toString(16).padStart(16, '0');
}

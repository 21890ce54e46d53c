import type { Sharp } from 'sharp';

import type { Box } from '../../box.ts';
import { sharp } from '../sharp.ts';
import type { HdrCoding } from './hdr-coding.ts';
import { toneMap } from './tone-map.ts';

/** Fits an HDR picture into the box, upright, and gives it in sRGB. */
export async function toneMapped(image: Sharp, box: Box, coding: HdrCoding): Promise<Sharp> {
  const { data, info } = await image
    .autoOrient()
    .resize({ ...box, fit: 'inside', withoutEnlargement: true })
    .toColourspace('rgb16')
    .raw({ depth: 'ushort' })
    .toBuffer({ resolveWithObject: true });
  const { width, height } = info;
  const channels = info.channels === 4 ? 4 : 3;
  const pixels = new Uint16Array(data.buffer, data.byteOffset, data.length / 2);
  return sharp(toneMap(pixels, channels, coding), { raw: { width, height, channels } });
}

import { copyFile, stat } from 'node:fs/promises';
import { basename } from 'node:path';

import sharp, { type Sharp } from 'sharp';

import { benchDir, pictures } from './pictures.ts';
import { print } from './print.ts';

/** A picture as generators make them: soft shapes with fine grain, so that it compresses as they do. */
async function grainy(width: number, height: number): Promise<Sharp> {
  const shapes = Array.from({ length: 40 }, (_, index) => {
    const at = (factor: number): number => ((index * factor) % 97) / 97;
    const colour = `rgb(${Math.floor(at(31) * 255)},${Math.floor(at(57) * 255)},${Math.floor(at(71) * 255)})`;
    return `<ellipse cx="${at(13) * width}" cy="${at(29) * height}" rx="${at(43) * width * 0.3}" ry="${at(61) * height * 0.3}" fill="${colour}"/>`;
  });
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#654"/>${shapes.join('')}</svg>`;
  const pixels = await sharp(Buffer.from(drawing)).removeAlpha().blur(4).raw().toBuffer();
  let state = 1;
  for (let index = 0; index < pixels.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    pixels[index] = Math.max(0, Math.min(255, (pixels[index] ?? 0) + (state >>> 27) - 16));
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

const { png, jpeg, pngs, jpegs } = pictures(benchDir());
await (await grainy(768, 768)).png().toFile(png);
await (await grainy(4000, 3000)).jpeg({ quality: 90 }).toFile(jpeg);
for (const file of [png, jpeg]) print(`${basename(file)}: ${((await stat(file)).size / 1e6).toFixed(2)} MB`);
for (const copy of pngs) await copyFile(png, copy);
for (const copy of jpegs) await copyFile(jpeg, copy);

import { copyFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

import sharp from 'sharp';

import { print } from './print.js';

const copies = 120;

/** A picture as generators make them: soft shapes with fine grain, so that it compresses as they do. */
async function grainy(width, height) {
  const shapes = Array.from({ length: 40 }, (_, index) => {
    const at = (factor) => ((index * factor) % 97) / 97;
    const colour = `rgb(${Math.floor(at(31) * 255)},${Math.floor(at(57) * 255)},${Math.floor(at(71) * 255)})`;
    return `<ellipse cx="${at(13) * width}" cy="${at(29) * height}" rx="${at(43) * width * 0.3}" ry="${at(61) * height * 0.3}" fill="${colour}"/>`;
  });
  const drawing = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><rect width="100%" height="100%" fill="#654"/>${shapes.join('')}</svg>`;
  const pixels = await sharp(Buffer.from(drawing)).removeAlpha().blur(4).raw().toBuffer();
  let state = 1;
  for (let index = 0; index < pixels.length; index++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    pixels[index] = Math.max(0, Math.min(255, pixels[index] + (state >>> 27) - 16));
  }
  return sharp(pixels, { raw: { width, height, channels: 3 } });
}

/** Makes the files that the benches read, each picture under many names. */
export async function makePictures(dir) {
  const png = join(dir, 'source.png');
  const jpeg = join(dir, 'source.jpg');
  await (await grainy(768, 768)).png().toFile(png);
  await (await grainy(4000, 3000)).jpeg({ quality: 90 }).toFile(jpeg);
  for (const file of [png, jpeg])
    print(`${file.split('/').at(-1)}: ${((await stat(file)).size / 1e6).toFixed(2)} MB`);
  const many = async (file, ending) =>
    Promise.all(
      Array.from({ length: copies }, async (_, index) => {
        const copy = join(dir, `${index}.${ending}`);
        await copyFile(file, copy);
        return copy;
      }),
    );
  return { pngs: await many(png, 'png'), jpegs: await many(jpeg, 'jpg') };
}

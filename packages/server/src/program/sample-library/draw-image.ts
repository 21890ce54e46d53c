import sharp from 'sharp';

import type { SampleImage } from './sample-images.ts';

/** Draws an abstract picture that depends on the seed alone, encoded in the image's format. */
export async function drawImage({ seed, width, height, format }: SampleImage): Promise<Buffer> {
  const picture = sharp(Buffer.from(svg(seed, width, height)));
  switch (format) {
    case 'png':
      return picture.png().toBuffer();
    case 'jpeg':
      return picture.flatten().jpeg({ quality: 88 }).toBuffer();
    case 'webp':
      return picture.webp({ quality: 88 }).toBuffer();
    default:
      return format satisfies never;
  }
}

function svg(seed: number, width: number, height: number): string {
  const random = mulberry32(seed);
  const hue = random() * 360;
  const shapes = Array.from({ length: 24 }, () => shape(random, hue, width, height)).join('');
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">
<defs><linearGradient id="sky" x1="0" y1="0" x2="0.4" y2="1">
<stop offset="0" stop-color="hsl(${hue}, 55%, 70%)"/><stop offset="1" stop-color="hsl(${hue + 70}, 60%, 30%)"/>
</linearGradient></defs>
<rect width="100%" height="100%" fill="url(#sky)"/>${shapes}</svg>`;
}

function shape(random: () => number, hue: number, width: number, height: number): string {
  const x = random() * width;
  const y = random() * height;
  const size = (0.04 + random() * 0.2) * width;
  const fill = `hsl(${hue + random() * 120 - 30}, 60%, ${30 + random() * 50}%)`;
  const opacity = 0.25 + random() * 0.5;
  return random() < 0.6
    ? `<circle cx="${x}" cy="${y}" r="${size}" fill="${fill}" opacity="${opacity}"/>`
    : `<rect x="${x}" y="${y}" width="${size * 1.6}" height="${size}" rx="${size / 5}" fill="${fill}" opacity="${opacity}" transform="rotate(${random() * 90} ${x} ${y})"/>`;
}

/** Tommy Ettinger's mulberry32 (public domain): small, and the same everywhere. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

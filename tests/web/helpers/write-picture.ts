import { mkdir, utimes, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { crc32 } from 'node:zlib';

import { writeMetadata } from '@iib-kit/metadata';
import sharp from 'sharp';

export interface PictureOptions {
  /** An A1111 text. */
  readonly text?: string;
  /** A ComfyUI graph, as the executed one. */
  readonly graph?: object;
  /** 0 to 360. */
  readonly hue?: number;
  readonly width?: number;
  readonly height?: number;
  /** Day of 2024-05, for the order. */
  readonly day?: number;
}

/** Writes a PNG that can be told from others by its colours. */
export async function writePicture(file: string, options: PictureOptions = {}): Promise<void> {
  const { text, graph, hue = 150, width = 640, height = 480, day = 10 } = options;
  const circles = Array.from({ length: 9 }, (_, at) => {
    const [x, y] = [((at * 37 + hue) % 100) / 100, ((at * 53 + hue * 3) % 100) / 100];
    return `<circle cx="${x * width}" cy="${y * height}" r="${(0.06 + (at % 4) * 0.05) * width}" fill="hsl(${hue + at * 14} 65% ${35 + at * 5}%)" opacity="0.55"/>`;
  }).join('');
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}"><defs><linearGradient id="a" x2="0.4" y2="1"><stop offset="0" stop-color="hsl(${hue} 55% 72%)"/><stop offset="1" stop-color="hsl(${hue + 70} 60% 28%)"/></linearGradient></defs><rect width="100%" height="100%" fill="url(#a)"/>${circles}</svg>`;
  let bytes: Uint8Array = await sharp(Buffer.from(svg)).png().toBuffer();
  if (text !== undefined) bytes = writeMetadata(bytes, text);
  if (graph !== undefined) bytes = withTextChunk(Buffer.from(bytes), 'prompt', JSON.stringify(graph));
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, bytes);
  const date = new Date(Date.UTC(2024, 4, day, 12));
  await utimes(file, date, date);
}

/** A PNG with a text after its header. */
function withTextChunk(png: Buffer, keyword: string, text: string): Buffer {
  const end = 33;
  const body = Buffer.from(`tEXt${keyword}\0${text}`, 'latin1');
  const chunk = Buffer.alloc(body.length + 8);
  chunk.writeUInt32BE(body.length - 4, 0);
  body.copy(chunk, 4);
  chunk.writeUInt32BE(crc32(body), chunk.length - 4);
  return Buffer.concat([png.subarray(0, end), chunk, png.subarray(end)]);
}

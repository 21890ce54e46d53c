import { avi } from './avi.ts';
import type { ContainerReader } from './container.ts';
import { exr } from './exr.ts';
import { flac } from './flac.ts';
import { gif } from './gif.ts';
import { heif } from './heif.ts';
import { jpeg } from './jpeg.ts';
import { jxl } from './jxl.ts';
import { matroska } from './matroska.ts';
import { mp3 } from './mp3.ts';
import { mp4 } from './mp4.ts';
import { ogg } from './ogg.ts';
import { png } from './png.ts';
import { svg } from './svg.ts';
import { tiff } from './tiff.ts';
import { wav } from './wav.ts';
import { webp } from './webp.ts';

/**
 * Every container that is read; the first that recognises the head of a file reads it. HEIF comes
 * before MP4, which takes what else begins with a file type box.
 */
export const containerList: readonly ContainerReader[] = [
  png,
  jpeg,
  webp,
  jxl,
  gif,
  heif,
  mp4,
  matroska,
  avi,
  tiff,
  flac,
  ogg,
  mp3,
  wav,
  exr,
  svg,
];

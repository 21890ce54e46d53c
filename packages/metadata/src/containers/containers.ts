import { avi } from './avi.ts';
import type { ContainerReader } from './container.ts';
import { gif } from './gif.ts';
import { heif } from './heif.ts';
import { jpeg } from './jpeg.ts';
import { jxl } from './jxl.ts';
import { matroska } from './matroska.ts';
import { mp4 } from './mp4.ts';
import { png } from './png.ts';
import { tiff } from './tiff.ts';
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
];

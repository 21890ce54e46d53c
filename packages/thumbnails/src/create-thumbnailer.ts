import { CachedThumbnailer } from './cached-thumbnailer.ts';
import type { Thumbnailer } from './thumbnailer.ts';
import { checkOptions, type ThumbnailerOptions } from './thumbnailer-options.ts';

/**
 * Makes a thumbnailer on a cache folder. Nothing is started before the first render, and an idle one
 * does not keep the program alive.
 *
 * @throws TypeError, RangeError for a wrong option
 */
export function createThumbnailer(options: ThumbnailerOptions): Thumbnailer {
  return new CachedThumbnailer(checkOptions(options));
}

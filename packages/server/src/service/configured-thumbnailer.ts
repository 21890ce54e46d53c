import { createThumbnailer, type Thumbnailer } from '@iib-kit/thumbnails';

import type { Logger } from '../ports/logger.ts';
import type { IibOptions } from '../options/service-options.ts';

type Configuration = Pick<IibOptions, 'thumbnailCacheMb' | 'thumbnailMaxPixels' | 'thumbnailTimeoutMs'> & {
  readonly cacheDir: string;
  readonly log?: Logger;
};

/** A thumbnailer as the options of a service or of the program have it. */
export function configuredThumbnailer({
  cacheDir,
  log,
  thumbnailCacheMb,
  thumbnailMaxPixels,
  thumbnailTimeoutMs,
}: Configuration): Thumbnailer {
  return createThumbnailer({
    cacheDir,
    onCacheUnwritable: (err) =>
      log?.warn(
        { err, cacheDir },
        'thumbnails cannot be stored and are made anew each time, until their folder can be written',
      ),
    ...(thumbnailCacheMb !== undefined && { maxCacheBytes: thumbnailCacheMb * 2 ** 20 }),
    ...(thumbnailMaxPixels !== undefined && { maxPixels: thumbnailMaxPixels }),
    ...(thumbnailTimeoutMs !== undefined && { timeoutMs: thumbnailTimeoutMs }),
  });
}

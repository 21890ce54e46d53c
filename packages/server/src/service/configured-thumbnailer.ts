import { createThumbnailer, type Thumbnailer } from '@iib-kit/thumbnails';

import type { Logger } from '../ports/logger.ts';
import type { IibOptions } from '../options/service-options.ts';

type Configuration = Pick<IibOptions, 'thumbnailMaxPixels' | 'thumbnailTimeoutMs'> & {
  readonly cacheDir: string;
  readonly log?: Logger;
};

/** A thumbnailer as the options of a service or of the program have it. */
export function configuredThumbnailer({
  cacheDir,
  log,
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
    ...(thumbnailMaxPixels !== undefined && { maxPixels: thumbnailMaxPixels }),
    ...(thumbnailTimeoutMs !== undefined && { timeoutMs: thumbnailTimeoutMs }),
  });
}

import { createThumbnailer, type Thumbnailer } from '@iib-kit/thumbnails';

import type { IibOptions } from '../options/service-options.ts';

type Configuration = Pick<IibOptions, 'thumbnailMaxPixels' | 'thumbnailTimeoutMs'> & {
  readonly cacheDir: string;
};

/** A thumbnailer as the options of a service or of the program have it. */
export function configuredThumbnailer({
  cacheDir,
  thumbnailMaxPixels,
  thumbnailTimeoutMs,
}: Configuration): Thumbnailer {
  return createThumbnailer({
    cacheDir,
    ...(thumbnailMaxPixels !== undefined && { maxPixels: thumbnailMaxPixels }),
    ...(thumbnailTimeoutMs !== undefined && { timeoutMs: thumbnailTimeoutMs }),
  });
}

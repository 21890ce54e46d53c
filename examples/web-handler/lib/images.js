import { mkdir } from 'node:fs/promises';

import { makeSampleLibrary, openService } from '@iib-kit/server';

const { DATA = 'data', IMAGES = `${DATA}/sample-library` } = process.env;

/**
 * The one service of the process. A development server that loads modules anew after each change must not open the
 * index anew each time, so it is kept where modules do not go.
 * @returns {Promise<import('@iib-kit/server').IibService>}
 */
export function imageService() {
  const kept = /** @type {{ imageService?: Promise<import('@iib-kit/server').IibService> }} */ (globalThis);
  return (kept.imageService ??= open());
}

async function open() {
  await mkdir(DATA, { recursive: true });
  if (process.env.IMAGES === undefined) await makeSampleLibrary(IMAGES);
  // Without a key it answers to localhost alone; option hosts names what else it is called.
  return openService({ extraPaths: [IMAGES], dbPath: `${DATA}/iib.db`, cacheDir: `${DATA}/thumbnails` });
}

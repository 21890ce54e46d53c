import path from 'node:path';

import { launchApp, type LaunchedApp, type LaunchOptions } from '@iib-kit/server';
import { afterEach } from 'vitest';

import { infotext, makeImage } from './make-image.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** An app over a library of one image, closed after the test. */
export interface Launched {
  readonly app: LaunchedApp;
  readonly folder: string;
  readonly image: string;
}

const cleanups: (() => Promise<void>)[] = [];

/** Gives a function that launches apps for the tests of a file. */
export function launcher(): (options?: LaunchOptions) => Promise<Launched> {
  afterEach(async () => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  });
  return async (options = {}) => {
    const { folder, remove } = await temporaryFolder();
    cleanups.push(remove);
    const image = path.join(folder, 'library/a.png');
    await makeImage(image, { text: infotext('a kite', 1) });
    const app = await launchApp({
      port: 0,
      extraPaths: [path.join(folder, 'library')],
      ...(options.index === undefined ? { dbPath: path.join(folder, 'iib.db') } : {}),
      cacheDir: path.join(folder, 'cache'),
      ...options,
    });
    cleanups.push(() => app.close());
    return { app, folder, image };
  };
}

import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createThumbnailer, type Thumbnailer, type ThumbnailerOptions } from '@iib-kit/thumbnails';
import { afterEach } from 'vitest';

/** A folder for pictures, one for the cache, and a thumbnailer on it; all gone after the test. */
export interface Fixture {
  readonly dir: string;
  readonly cacheDir: string;
  readonly thumbnailer: Thumbnailer;
  /** Where a picture of this name lies. */
  readonly file: (name: string) => string;
  /** Another thumbnailer on the same cache. */
  readonly open: (options?: Partial<ThumbnailerOptions>) => Thumbnailer;
  /** Names of what lies under a folder of the cache. */
  readonly cached: (folder: 'entries' | 'contents' | 'hashes' | 'temp') => Promise<string[]>;
}

// A busy machine must not fail a test.
const patient = { concurrency: 2, timeoutMs: 20_000 };

const cleanUps: (() => Promise<void>)[] = [];

afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

export async function thumbnailerFixture(options: Partial<ThumbnailerOptions> = {}): Promise<Fixture> {
  const dir = await mkdtemp(join(tmpdir(), 'thumbnails-'));
  const cacheDir = join(dir, 'cache');
  cleanUps.push(() => rm(dir, { recursive: true, force: true }));
  const open = (more: Partial<ThumbnailerOptions> = {}): Thumbnailer => {
    const opened = createThumbnailer({ ...patient, cacheDir, ...options, ...more });
    cleanUps.push(() => opened.close());
    return opened;
  };
  return {
    dir,
    cacheDir,
    thumbnailer: open(),
    file: (name) => join(dir, name),
    open,
    cached: (folder) => filesUnder(join(cacheDir, folder)),
  };
}

async function filesUnder(dir: string): Promise<string[]> {
  const found = await readdir(dir, { recursive: true, withFileTypes: true }).catch(() => []);
  return found.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

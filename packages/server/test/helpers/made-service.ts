import { symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { openService, type IibOptions, type IibService } from '@iib-kit/server';
import { afterAll } from 'vitest';

import { infotext, makeImage } from './make-image.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** A service over a small library that was made for a test file. */
export interface MadeService {
  readonly service: IibService;
  /** Holds `library`, which may be seen, and `private`, which may not. */
  readonly folder: string;
  readonly library: string;
  /** The path of a file of the library. */
  readonly at: (name: string) => string;
}

/**
 * Makes `fox.png`, `sub/lighthouse.jpg` and `sub/panda.webp` (2024, a second apart, with texts), `plain.png` (2023,
 * without), `notes.txt`, and `way-out.png`, a link to `private/secret.png`; indexes them; and takes all away after
 * the tests of the file.
 */
export async function madeService(options: IibOptions = {}): Promise<MadeService> {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  const at = (name: string) => path.join(library, name);
  await makeLibrary(folder, at);
  const service = await openService({
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    ...options,
  });
  afterAll(async () => {
    await service.close();
    await remove();
  });
  await service.library.update();
  return { service, folder, library, at };
}

async function makeLibrary(folder: string, at: (name: string) => string): Promise<void> {
  const texts: [string, string][] = [
    ['fox.png', infotext('a fox asleep in autumn leaves, 100% cosy', 11)],
    ['sub/lighthouse.jpg', infotext('a Lighthouse above the sea', 12)],
    ['sub/panda.webp', infotext('一只在竹林里的熊猫, ink_wash', 13)],
  ];
  for (const [position, [name, text]] of texts.entries()) {
    await makeImage(at(name), { text, modified: new Date(Date.UTC(2024, 0, 1, 0, 0, position)) });
  }
  await makeImage(at('plain.png'), { modified: new Date(Date.UTC(2023, 0, 1)) });
  await writeFile(at('notes.txt'), 'not an image');
  await makeImage(path.join(folder, 'private/secret.png'), { text: infotext('nobody may see this', 14) });
  await symlink(path.join(folder, 'private/secret.png'), at('way-out.png'));
}

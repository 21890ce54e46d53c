import path from 'node:path';

import { openService, type IibOptions, type IibService } from '@iib-kit/server';
import { afterAll } from 'vitest';

import { infotext, makeImage } from './make-image.ts';
import { temporaryFolder } from './temporary-folder.ts';

/** Prompts by file: two topics, one of its own, one without a word. */
export const topicPrompts: Readonly<Record<string, string>> = {
  'fox-1.png': 'red fox, deep snow, pine forest, winter morning',
  'fox-2.png': 'red fox, deep snow, pine forest, winter evening',
  'fox-3.png': 'red fox, deep snow, pine forest, winter night',
  'sea/lighthouse-1.png': 'old lighthouse, stormy sea, cliff, dark clouds',
  'sea/lighthouse-2.png': 'old lighthouse, stormy sea, cliff, grey clouds',
  'castle.png': 'golden castle above a green valley',
};

export interface TopicLibrary {
  readonly service: IibService;
  readonly folder: string;
  readonly library: string;
  readonly at: (name: string) => string;
  readonly options: IibOptions;
}

/** A service over the images of {@link topicPrompts} and `plain.png`, which has no prompt. */
export async function topicLibrary(given: IibOptions = {}): Promise<TopicLibrary> {
  const { folder, remove } = await temporaryFolder();
  const library = path.join(folder, 'library');
  const at = (name: string) => path.join(library, name);
  for (const [position, [name, prompt]] of Object.entries(topicPrompts).entries()) {
    await makeImage(at(name), { text: infotext(prompt, position + 1) });
  }
  await makeImage(at('plain.png'));
  const options = {
    extraPaths: [library],
    dbPath: path.join(folder, 'iib.db'),
    cacheDir: path.join(folder, 'cache'),
    log: { warn: () => {}, error: () => {} },
    ...given,
  };
  const service = await openService(options);
  afterAll(async () => {
    await service.close();
    await remove();
  });
  await service.library.update();
  return { service, folder, library, at, options };
}

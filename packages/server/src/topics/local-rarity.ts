import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

import { measureRarity, Rarity } from '@iib-kit/clustering';

import type { ImageLookups, ImageSearches } from '@iib-kit/catalog';
import type { Logger } from '../ports/logger.ts';
import type { PromptPreparation } from './prompt-preparation.ts';

/** Images whose texts are measured: enough to distinguish common words from rare ones. */
const MOST_MEASURED = 20_000;
const TEXTS_AT_ONCE = 50;

/** How rare words are in the library. Stored beside the caches, so that later vectors stay comparable with earlier ones. */
export interface LocalRarity {
  /** What was measured, if it was. */
  known(): Promise<Rarity | undefined>;
  /** Measures again where the texts have become more than twice as many as were measured. */
  forTexts(count: number, signal: AbortSignal): Promise<Rarity>;
}

export function localRarity(
  file: string,
  {
    index,
    preparation,
    log,
  }: {
    index: Pick<ImageSearches, 'randomImages'> & Pick<ImageLookups, 'infotexts'>;
    preparation: PromptPreparation;
    log: Logger;
  },
): LocalRarity {
  let current: Promise<Rarity | undefined> | undefined;
  const known = () => (current ??= read(file));
  return {
    known,
    async forTexts(count, signal) {
      const rarity = await known();
      if (rarity !== undefined && Math.min(count, MOST_MEASURED) <= rarity.texts * 2) return rarity;
      const measured = await measureRarity(libraryTexts(index, preparation), { signal });
      current = Promise.resolve(measured);
      await write(file, measured).catch((error: unknown) =>
        log.warn({ err: error, file }, 'how rare words are could not be written down'),
      );
      return measured;
    },
  };
}

async function* libraryTexts(
  index: Pick<ImageSearches, 'randomImages'> & Pick<ImageLookups, 'infotexts'>,
  preparation: PromptPreparation,
): AsyncGenerator<string> {
  const images = await index.randomImages(MOST_MEASURED);
  for (let start = 0; start < images.length; start += TEXTS_AT_ONCE) {
    const paths = images.slice(start, start + TEXTS_AT_ONCE).map((image) => image.path);
    for (const infotext of (await index.infotexts(paths)).values()) {
      const text = preparation.prepare(infotext);
      if (text !== '') yield text;
    }
  }
}

/** Undefined where there is none, or one of another version. */
async function read(file: string): Promise<Rarity | undefined> {
  try {
    return Rarity.fromBytes(await readFile(file));
  } catch {
    return undefined;
  }
}

/** Written to a temporary file and renamed: half a file would change the name of the model, and with it all vectors. */
async function write(file: string, rarity: Rarity): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  const part = `${file}.${process.pid}.part`;
  await writeFile(part, rarity.toBytes());
  await rename(part, file);
}

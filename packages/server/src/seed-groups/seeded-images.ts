import { extractIdAndSeed, parseInfotext, readMetadata, type ImageMetadata } from '@iib-kit/metadata';

import type { ImageLookups } from '@iib-kit/catalog';
import type { AllowedPath } from '../access/path-access.ts';
import type { NamedImage } from './read-directory.ts';

/** How many texts are asked of the index, and files read together. */
const TEXTS_AT_ONCE = 1000;
const FILES_AT_ONCE = 16;

export interface SeededImage extends NamedImage {
  readonly id: string | null;
  readonly seed: string | undefined;
}

/** Seeds by name; for other names by what the index has stored, and for files it does not know by the file. */
export async function seededImages(
  images: readonly NamedImage[],
  { index, signal }: { index: Pick<ImageLookups, 'infotexts'>; signal: AbortSignal },
): Promise<SeededImage[]> {
  const seeded: SeededImage[] = [];
  const unnamed: NamedImage[] = [];
  for (const image of images) {
    const named = extractIdAndSeed(image.name);
    if (named === undefined) unnamed.push(image);
    else seeded.push({ ...image, id: named.id, seed: plainSeed(named.seed) });
  }
  for (let start = 0; start < unnamed.length; start += TEXTS_AT_ONCE) {
    signal.throwIfAborted();
    const part = unnamed.slice(start, start + TEXTS_AT_ONCE);
    const texts = await index.infotexts(part.map((image) => image.absolute));
    const described = await inParts(part, FILES_AT_ONCE, async (image): Promise<SeededImage> => {
      const stored = texts.get(image.absolute);
      const { generation } =
        (stored === undefined ? await readIfPossible(image, signal) : parseInfotext(stored)) ?? {};
      return { ...image, id: null, seed: plainSeed(generation?.seed) };
    });
    seeded.push(...described);
  }
  return seeded;
}

/** Empty for a file that cannot be read. */
export async function readIfPossible(
  { realPath, within }: Pick<AllowedPath, 'realPath' | 'within'>,
  signal: AbortSignal,
): Promise<Partial<ImageMetadata>> {
  try {
    return await readMetadata(realPath, { signal, ...(within && { within: within.folders }) });
  } catch (error) {
    if (signal.aborted) throw error;
    return {};
  }
}

/** Digits without zeros before them; undefined for what is no seed. */
export function plainSeed(seed: string | undefined): string | undefined {
  return seed !== undefined && /^\d{1,39}$/.test(seed) ? BigInt(seed).toString() : undefined;
}

export async function inParts<T, R>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    results.push(...(await Promise.all(items.slice(start, start + atOnce).map(work))));
  }
  return results;
}

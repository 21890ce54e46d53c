import { createHash } from 'node:crypto';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { ImageSearches, ImageLookups } from '@iib-kit/catalog';

/** What reading the texts of folders asks of an index. */
export type TextIndex = Pick<ImageSearches, 'search'> & Pick<ImageLookups, 'infotexts'>;
import type { PromptPreparation } from './prompt-preparation.ts';

/** Images asked of the index at once. */
const IMAGES_AT_ONCE = 500;
/** Texts worked on before other requests come in between. */
const TEXTS_AT_ONCE = 50;

/** Images to work on. */
export interface ImageScope {
  /** Absolute. */
  readonly folders: readonly string[];
  /** Whether images in folders below count. */
  readonly recursive: boolean;
}

/** An image and what its prompt says; an empty text where it has none. */
export interface PromptedImage {
  readonly path: string;
  readonly text: string;
}

/** The images of some folders, by path, with a name for exactly this content. */
export interface FolderTexts {
  readonly images: readonly PromptedImage[];
  /** Another one as soon as an image comes, goes, or has another generation text. */
  readonly fingerprint: string;
}

interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (scanned: number) => void;
}

/** Reads what the images of folders show. */
export async function readFolderTexts(
  index: TextIndex,
  scope: ImageScope,
  { preparation, signal, onProgress }: ReadOptions & { preparation: PromptPreparation },
): Promise<FolderTexts> {
  const images: PromptedImage[] = [];
  const hash = new ContentHash();
  for await (const part of imageTexts(index, scope, signal)) {
    for (const { path, infotext } of part) {
      images.push({ path, text: preparation.prepare(infotext) });
      hash.add(path, infotext);
    }
    onProgress?.(images.length);
  }
  images.sort((a, b) => (a.path < b.path ? -1 : 1));
  return { images, fingerprint: hash.digest() };
}

/** The paths alone, without preparing their texts, and the same fingerprint. */
export async function readFolderState(
  index: TextIndex,
  scope: ImageScope,
  { signal }: ReadOptions,
): Promise<{ readonly paths: readonly string[]; readonly fingerprint: string }> {
  const paths: string[] = [];
  const hash = new ContentHash();
  for await (const part of imageTexts(index, scope, signal)) {
    for (const { path, infotext } of part) {
      paths.push(path);
      hash.add(path, infotext);
    }
  }
  return { paths, fingerprint: hash.digest() };
}

async function* imageTexts(index: TextIndex, { folders, recursive }: ImageScope, signal: AbortSignal) {
  const direct = recursive ? undefined : new Set(folders);
  let cursor = '';
  for (;;) {
    const page = await index.search({ folders, cursor, size: IMAGES_AT_ONCE }, { signal });
    const paths = page.items
      .map((image) => image.path)
      .filter((image) => direct === undefined || direct.has(path.dirname(image)));
    const infotexts = await index.infotexts(paths);
    for (let start = 0; start < paths.length; start += TEXTS_AT_ONCE) {
      signal.throwIfAborted();
      yield paths
        .slice(start, start + TEXTS_AT_ONCE)
        .map((image) => ({ path: image, infotext: infotexts.get(image) ?? '' }));
      await nextTurn();
    }
    if (!page.hasNext) return;
    cursor = page.next;
  }
}

/** Of a set: the order in which its members come does not matter. */
class ContentHash {
  readonly #sum = new Uint8Array(32);

  add(image: string, infotext: string): void {
    const digest = createHash('sha256').update(image).update('\0').update(infotext).digest();
    let carry = 0;
    for (const [place, value] of digest.entries()) {
      carry += value + (this.#sum[place] ?? 0);
      this.#sum[place] = carry & 0xff;
      carry >>= 8;
    }
  }

  digest(): string {
    return Buffer.from(this.#sum).toString('hex');
  }
}

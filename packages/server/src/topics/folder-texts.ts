import { createHash } from 'node:crypto';
import path from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';

import type { ImageSearches, ImageLookups } from '@iib-kit/catalog';

/** What reading the texts of folders asks of an index. */
export type TextIndex = Pick<ImageSearches, 'search'> & Pick<ImageLookups, 'infotexts'>;
import type { PromptPreparation } from './prompt-preparation.ts';

/** Images in one page of the index. */
const IMAGES_AT_ONCE = 500;
/** Texts processed before the event loop may serve other requests. */
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
  /** What is stored with the vector of a provider, where there is one. */
  readonly providerHash?: string | undefined;
}

/** The images of some folders, by path, with a fingerprint of their content. */
export interface FolderTexts {
  readonly images: readonly PromptedImage[];
  /** Changes when an image is added, removed, or gets another generation text. */
  readonly fingerprint: string;
}

interface ReadOptions {
  readonly signal: AbortSignal;
  readonly onProgress?: (scanned: number) => void;
}

/** Reads the prompts of the images in folders. */
export async function readFolderTexts(
  index: TextIndex,
  scope: ImageScope,
  { preparation, signal, onProgress }: ReadOptions & { preparation: PromptPreparation },
): Promise<FolderTexts> {
  const images: PromptedImage[] = [];
  const hash = new ContentHash();
  for await (const part of imageTexts(index, scope, signal)) {
    for (const { path, infotext } of part) {
      images.push({
        path,
        text: preparation.prepare(infotext),
        providerHash: preparation.providerHash?.(infotext),
      });
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

/** Hash of a set: independent of the order of its members. */
class ContentHash {
  readonly #sum = new Uint8Array(32);

  add(image: string, infotext: string): void {
    const digest = createHash('sha256').update(image).update('\0').update(infotext).digest();
    let carry = 0;
    for (const [offset, value] of digest.entries()) {
      carry += value + (this.#sum[offset] ?? 0);
      this.#sum[offset] = carry & 0xff;
      carry >>= 8;
    }
  }

  digest(): string {
    return Buffer.from(this.#sum).toString('hex');
  }
}

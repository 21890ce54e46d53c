import type { IndexedImage } from '../../roles/indexed-image.ts';
import type { TagName } from '../../scan/scanned-file.ts';

/** An image as a suite wrote it and marked it: what an index has to know of it. */
export interface Picture extends Omit<IndexedImage, 'createdTime'> {
  readonly text: string;
  readonly seed?: string;
  readonly steps?: number;
  readonly cfgScale?: number;
  readonly generator?: string;
  readonly rating: number;
  readonly note: string;
  /** With those that the user gave it, which are of the type `custom`. */
  readonly tags: readonly TagName[];
}

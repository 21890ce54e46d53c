import { createEffect, createSignal, on, type Accessor } from 'solid-js';

import { reconnects } from '../connection/connection.ts';
import { signIns } from '../connection/session.ts';
import type { FileSummary } from './file-summary.ts';
import { fileUrl, isVideo, largeThumbnailUrl, thumbnailUrl } from './media-url.ts';

export interface PictureSource {
  /** The address to draw from; changes after `failed`. */
  readonly url: Accessor<string>;
  /** To be called when an address, as the element has it, could not be drawn. */
  readonly failed: (url: string | null) => void;
  /** Whether none of the addresses could be drawn. */
  readonly isBroken: Accessor<boolean>;
  readonly retry: () => void;
}

/**
 * Where the picture of a file comes from: the file itself or, of formats that the browser cannot draw, such as HEIC and
 * TIFF, a thumbnail at the size of the screen. Of a video its cover.
 */
export function usePictureSource(file: Accessor<FileSummary>): PictureSource {
  const [failures, setFailures] = createSignal<readonly string[]>([]);
  const addresses = () => {
    const shown = file();
    return isVideo(shown.fullpath) ? [thumbnailUrl(shown, 512)] : [fileUrl(shown), largeThumbnailUrl(shown)];
  };
  const left = () => addresses().filter((address) => !failures().includes(address));
  const retry = () => setFailures([]);
  createEffect(on([() => addresses()[0], reconnects, signIns], retry, { defer: true }));
  return {
    url: () => left()[0] ?? addresses()[0] ?? '',
    // An element may tell of an address that it no longer has.
    failed: (url) => {
      if (url !== null && addresses().includes(url)) setFailures((known) => [...known, url]);
    },
    isBroken: () => left().length === 0,
    retry,
  };
}

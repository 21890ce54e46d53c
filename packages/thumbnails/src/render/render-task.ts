import type { Box } from '../box.ts';
import type { ThumbnailErrorCode } from '../thumbnail-error.ts';

/** One picture to make: read `source`, write a WebP file to `temp`, rename it to `target`. */
export interface RenderTask {
  readonly kind: 'image';
  readonly source: string;
  readonly temp: string;
  readonly target: string;
  readonly box: Box;
  readonly quality: number;
  readonly maxPixels: number;
}

/** The picture that was written. */
export interface Rendered {
  readonly bytes: number;
}

/** What a render process answers. */
export type RenderReply =
  | { readonly type: 'ready' }
  | { readonly type: 'unavailable'; readonly message: string }
  | { readonly type: 'done'; readonly result: Rendered; readonly rss: number }
  | {
      readonly type: 'failed';
      readonly code: ThumbnailErrorCode;
      readonly message: string;
      readonly rss: number;
    };

import type { Box } from '../box.ts';
import type { VideoInfo } from '../video-info.ts';

/** A picture: fit `source` into the box, write a WebP file to `temp`, rename it to `target`. */
export interface PictureTask {
  readonly kind: 'image' | 'video';
  readonly source: string;
  /** Folders that the source must lie in when it is opened; anywhere, unless given. */
  readonly within?: readonly string[] | undefined;
  readonly temp: string;
  /** Undefined where no file is to be written: the picture is given back. */
  readonly target: string | undefined;
  /** Whether a picture whose file cannot be written is given back; else that is a failure. */
  readonly mayStayUnwritten: boolean;
  /** Draws even when `target` is there already. */
  readonly replace: boolean;
  /** Where the same picture may lie under other names; nowhere, unless given. */
  readonly elsewhere?: Elsewhere | undefined;
  readonly box: Box;
  readonly quality: number;
  readonly maxPixels: number;
  /** After this many milliseconds the best frame so far has to do. */
  readonly searchMs: number;
  readonly programMs: number;
  readonly ffmpegPath?: string | undefined;
}

/** The other names of a picture in the cache. */
export interface Elsewhere {
  /** Folder of pictures that are named by the content of their files. */
  readonly contentsDir: string;
  /** Tells the pictures of one content apart. */
  readonly picture: string;
  /** Where an earlier version kept it. */
  readonly earlier: string;
}

/** The perceptual hash of a picture, which is drawn for that and not kept. */
export interface HashTask {
  readonly kind: 'hash';
  readonly picture: PictureTask;
  readonly source: string;
}

/** The digest of a file's content. */
export interface ContentTask {
  readonly kind: 'content';
  readonly source: string;
  readonly within?: readonly string[] | undefined;
}

/** What a video file says about itself. */
export interface VideoInfoTask {
  readonly kind: 'video-info';
  readonly source: string;
  readonly within?: readonly string[] | undefined;
  readonly maxPixels: number;
  readonly programMs: number;
  readonly ffmpegPath?: string | undefined;
}

/** What a render process is asked for. */
export type RenderTask = PictureTask | HashTask | ContentTask | VideoInfoTask;

/** A file that is in its place, and whether it was drawn for that. */
export interface PictureResult {
  readonly bytes: number;
  readonly drawn: boolean;
  /** The picture itself, in Base64, where it is in no file. */
  readonly webp?: string;
  /** Why its file could not be written. */
  readonly reason?: string;
}

/** What it answers: the file that was written, the hash, or the information. */
export type RenderResult<T extends RenderTask> = T extends PictureTask
  ? PictureResult
  : T extends HashTask
    ? { readonly hash: string }
    : T extends ContentTask
      ? { readonly digest: string }
      : VideoInfo;

export declare const mediaKinds: readonly ['image', 'video', 'audio'];
export type MediaKind = (typeof mediaKinds)[number];
/** A format of images, videos or sounds, by the extension of its files. */
export interface MediaFormat {
  /** Lower case, with its dot. */
  readonly extension: string;
  readonly kind: MediaKind;
  /** The media type that HTTP sends it with, such as `image/png`. */
  readonly mediaType: string;
  /** Whether an index takes its files into a library; others are shown only where they lie. */
  readonly isIndexed: boolean;
}
/** Every known format: the one place to add an extension to. */
export declare const mediaFormats: readonly MediaFormat[];
/** Extensions of image and video files that are indexed, lower case with their dot. */
export declare const SUPPORTED_FILE_EXTENSIONS: readonly string[];
/** The format that a file name or path announces; undefined for everything else, and for a name like `.png`. */
export declare function mediaFormat(name: string): MediaFormat | undefined;
/** The kind of indexed media that a file name or path announces; undefined for everything else. */
export declare function mediaKind(name: string): MediaKind | undefined;
/** Whether a file name announces an image or a video that is indexed. */
export declare function isSupportedFile(name: string): boolean;

/** Indexes store positions in this list: only ever append to it. */
export const mediaKinds = ['image', 'video', 'audio'] as const;
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

type ExtensionsByType = Readonly<Record<`${MediaKind}/${string}`, string>>;

/** What generators write, and people keep beside it; IIB indexes these by their names as well. */
const indexed: ExtensionsByType = {
  'image/png': 'png',
  'image/apng': 'apng',
  'image/jpeg': 'jpg jpeg jpe jfif',
  'image/webp': 'webp',
  'image/gif': 'gif',
  'image/avif': 'avif',
  'image/heif': 'heif',
  'image/heic': 'heic',
  'image/jxl': 'jxl',
  'image/tiff': 'tif tiff',
  'image/bmp': 'bmp',
  'image/svg+xml': 'svg',
  'image/x-exr': 'exr',
  'video/mp4': 'mp4 m4v',
  'video/quicktime': 'mov',
  'video/x-matroska': 'mkv',
  'video/webm': 'webm',
  'video/x-msvideo': 'avi',
  'video/mp2t': 'ts m2ts mts',
  'video/mpeg': 'mpg mpeg',
  'video/ogg': 'ogv',
  'video/3gpp': '3gp',
  'video/x-flv': 'flv',
  'video/x-ms-wmv': 'wmv asf',
  'audio/mpeg': 'mp3',
  'audio/wav': 'wav',
  'audio/ogg': 'ogg opus oga',
  'audio/flac': 'flac',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/x-ms-wma': 'wma',
};

/** Not indexed: icons are parts of programs. */
const others: ExtensionsByType = {
  'image/x-icon': 'ico',
};

/** Every known format: the one place to add an extension to. */
export const mediaFormats: readonly MediaFormat[] = mediaKinds.flatMap((kind) => [
  ...formatsOf(kind, indexed, true),
  ...formatsOf(kind, others, false),
]);

const formatByExtension: ReadonlyMap<string, MediaFormat> = new Map(
  mediaFormats.map((format) => [format.extension, format]),
);

/** Extensions of image and video files that are indexed, lower case with their dot. */
export const SUPPORTED_FILE_EXTENSIONS: readonly string[] = mediaFormats
  .filter(({ isIndexed, kind }) => isIndexed && kind !== 'audio')
  .map(({ extension }) => extension);

/** The format that a file name or path announces; undefined for everything else, and for a name like `.png`. */
export function mediaFormat(name: string): MediaFormat | undefined {
  const dot = name.lastIndexOf('.');
  if (dot <= 0 || name[dot - 1] === '/') return undefined;
  return formatByExtension.get(name.slice(dot).toLowerCase());
}

/** The kind of indexed media that a file name or path announces; undefined for everything else. */
export function mediaKind(name: string): MediaKind | undefined {
  const format = mediaFormat(name);
  return format?.isIndexed === true ? format.kind : undefined;
}

/** Whether a file name announces an image or a video that is indexed. */
export function isSupportedFile(name: string): boolean {
  const kind = mediaKind(name);
  return kind === 'image' || kind === 'video';
}

function formatsOf(kind: MediaKind, types: ExtensionsByType, isIndexed: boolean): MediaFormat[] {
  return Object.entries(types)
    .filter(([mediaType]) => mediaType.startsWith(`${kind}/`))
    .flatMap(([mediaType, extensions]) =>
      extensions.split(' ').map((extension) => ({ extension: `.${extension}`, kind, mediaType, isIndexed })),
    );
}

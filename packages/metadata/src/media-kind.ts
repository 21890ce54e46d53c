export type MediaKind = 'image' | 'video' | 'audio';

/** File name extensions by kind of media: the one place to add an extension to. */
const extensions: Readonly<Record<MediaKind, readonly string[]>> = {
  image: [
    '.png',
    '.apng',
    '.jpg',
    '.jpeg',
    '.jpe',
    '.jfif',
    '.webp',
    '.gif',
    '.avif',
    '.heif',
    '.heic',
    '.jxl',
    '.tif',
    '.tiff',
    '.bmp',
  ],
  video: ['.mp4', '.m4v', '.mov', '.mkv', '.webm', '.avi'],
  audio: ['.mp3', '.wav', '.ogg', '.flac', '.m4a', '.aac', '.opus'],
};

const kindByExtension: ReadonlyMap<string, MediaKind> = new Map(
  (['image', 'video', 'audio'] as const).flatMap((kind) =>
    extensions[kind].map((extension) => [extension, kind] as const),
  ),
);

/** Extensions of image and video files, lower case with their dot. */
export const SUPPORTED_FILE_EXTENSIONS: readonly string[] = [...extensions.image, ...extensions.video];

/** The kind of media that a file name or path announces; undefined for everything else. */
export function mediaKind(name: string): MediaKind | undefined {
  const dot = name.lastIndexOf('.');
  return dot < 0 ? undefined : kindByExtension.get(name.slice(dot).toLowerCase());
}

/** Whether a file name announces an image or a video. */
export function isSupportedFile(name: string): boolean {
  const kind = mediaKind(name);
  return kind === 'image' || kind === 'video';
}

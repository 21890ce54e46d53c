import path from 'node:path';

/**
 * Types that a browser shows or plays without running anything. What is not here is sent as a download, so that no
 * file of a library can be a page or a script of this origin.
 */
const typesByExtension: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ...alike('image/', 'png apng gif webp avif heic heif jxl bmp'),
    ...named('image/jpeg', 'jpg jpeg jpe jfif'),
    ...named('image/tiff', 'tif tiff'),
    ...named('image/svg+xml', 'svg'),
    ...named('image/x-icon', 'ico'),
    ...alike('video/', 'mp4 webm'),
    ...named('video/mp4', 'm4v'),
    ...named('video/quicktime', 'mov'),
    ...named('video/x-matroska', 'mkv'),
    ...named('video/x-msvideo', 'avi'),
    ...named('video/mp2t', 'ts m2ts mts'),
    ...named('video/mpeg', 'mpg mpeg'),
    ...named('video/ogg', 'ogv'),
    ...named('video/3gpp', '3gp'),
    ...named('video/x-flv', 'flv'),
    ...named('video/x-ms-wmv', 'wmv asf'),
    ...alike('audio/', 'flac aac'),
    ...named('audio/mpeg', 'mp3'),
    ...named('audio/wav', 'wav'),
    ...named('audio/ogg', 'ogg oga opus'),
    ...named('audio/mp4', 'm4a'),
    ...named('application/json', 'json'),
    ...named('application/pdf', 'pdf'),
    ...named('application/zip', 'zip'),
    ...named('text/vtt; charset=utf-8', 'vtt'),
    // Pages, scripts and style sheets are shown as what was written.
    ...named(
      'text/plain; charset=utf-8',
      'txt text log md csv tsv yaml yml toml ini htm html xhtml shtml xml xsl css js mjs cjs jsx tsx py sh bat',
    ),
  }),
);

/** The media type that a file is sent with, by the ending of its name. */
export function mediaTypeOf(file: string): string {
  return typesByExtension.get(path.extname(file).slice(1).toLowerCase()) ?? 'application/octet-stream';
}

function named(type: string, extensions: string): Record<string, string> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, type]));
}

function alike(prefix: string, extensions: string): Record<string, string> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, prefix + extension]));
}

import path from 'node:path';

import { mediaFormat } from '@iib-kit/metadata/media-kinds';

/** Other files that a browser shows without running anything. Pages, scripts and style sheets are shown as text. */
const typesByExtension: ReadonlyMap<string, string> = new Map([
  ['.json', 'application/json'],
  ['.pdf', 'application/pdf'],
  ['.zip', 'application/zip'],
  ['.vtt', 'text/vtt; charset=utf-8'],
  ...'txt text log md csv tsv yaml yml toml ini htm html xhtml shtml xml xsl css js mjs cjs jsx tsx py sh bat'
    .split(' ')
    .map((extension) => [`.${extension}`, 'text/plain; charset=utf-8'] as const),
]);

/**
 * The media type that a file is sent with, by the ending of its name. What has none of its own is sent as a
 * download, so that no file of a library can be a page or a script of this origin.
 */
export function mediaTypeOf(file: string): string {
  return (
    mediaFormat(file)?.mediaType ??
    typesByExtension.get(path.extname(file).toLowerCase()) ??
    'application/octet-stream'
  );
}

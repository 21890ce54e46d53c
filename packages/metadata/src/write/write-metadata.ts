import { containerList } from '../containers/containers.ts';
import { printInfotext } from '../generators/automatic1111/to-infotext.ts';
import type { Generation } from '../image-metadata.ts';
import { MetadataError } from '../metadata-error.ts';
import type { MediaWriter } from './media-writer.ts';
import { jpegWriter } from './write-jpeg.ts';
import { pngWriter } from './write-png.ts';
import { webpWriter } from './write-webp.ts';

const writers: Readonly<Record<string, MediaWriter>> = {
  png: pngWriter,
  jpeg: jpegWriter,
  webp: webpWriter,
};

/** Containers that `writeMetadata` and `stripMetadata` take. */
export const writableContainers = ['png', 'jpeg', 'webp'] as const;

/**
 * A copy of a PNG, JPEG or WebP file with this infotext, or these fields as an infotext, in place
 * of the one it had. Pixels and everything else stay byte for byte as they were.
 * Throws `MetadataError`: `unsupported-container`, `invalid-file`, or `too-large` (JPEG).
 */
export function writeMetadata(bytes: Uint8Array, metadata: string | Generation): Uint8Array {
  const infotext = typeof metadata === 'string' ? metadata : printInfotext(metadata);
  return writerOf(bytes).write(bytes, infotext);
}

/**
 * A copy of a PNG, JPEG or WebP file without any text, EXIF, XMP, IPTC or C2PA. Pixels, colour
 * profile and orientation stay. What is hidden in the pixels themselves stays too.
 * Throws `MetadataError`: `unsupported-container` or `invalid-file`.
 */
export function stripMetadata(bytes: Uint8Array): Uint8Array {
  return writerOf(bytes).strip(bytes);
}

function writerOf(bytes: Uint8Array): MediaWriter {
  const head = bytes.subarray(0, 64);
  for (const reader of containerList) {
    const container = reader.recognize(head);
    const writer = container && writers[container];
    if (writer !== undefined) return writer;
    if (container !== undefined) {
      throw new MetadataError('unsupported-container', `Cannot write ${container} files.`);
    }
  }
  throw new MetadataError('unsupported-container', 'The bytes are no PNG, JPEG or WebP file.');
}

import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

import { ThumbnailError } from '../thumbnail-error.ts';
import { fileSignature } from './file-signature.ts';
import { refersElsewhere } from './svg-references.ts';

/** Size above which a file without a known signature, which an SVG is, is not read, in bytes. */
export const maxTextBytes = 32 * 2 ** 20;

/**
 * Gives what sharp is to read: the path of a file that begins as a binary format, or else the bytes.
 * An SVG that comes as bytes has no folder, so that it can show nothing but itself.
 */
export function imageSource(path: string): string | Buffer {
  // One letter in the right place makes a text look like a transport stream.
  if (fileSignature(path)?.media === 'image') return path;
  const bytes = readBounded(path);
  if (bytes.length === 0) throw new ThumbnailError('not-an-image', `${path} is empty`, { path });
  if (refersElsewhere(bytes.toString('latin1'))) {
    const message = `${path} shows other files or addresses, which are not read`;
    throw new ThumbnailError('external-reference', message, { path });
  }
  return bytes;
}

function readBounded(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    if (fstatSync(file).size <= maxTextBytes) return readFileSync(file);
  } finally {
    closeSync(file);
  }
  const message = `${path} is of no known format and larger than ${maxTextBytes} bytes`;
  throw new ThumbnailError('not-an-image', message, { path });
}

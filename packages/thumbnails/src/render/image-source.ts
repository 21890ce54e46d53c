import { closeSync, fstatSync, openSync, readFileSync } from 'node:fs';

import { ThumbnailError } from '../thumbnail-error.ts';
import { fileSignature } from './file-signature.ts';
import { refersElsewhere } from './svg-references.ts';

/** Size above which a file without a known signature, which an SVG is, is not read, in bytes. */
export const maxTextBytes = 32 * 2 ** 20;

/** What sharp is to read, and the format that the file claims to have. */
export interface ImageSource {
  readonly content: string | Buffer;
  readonly format?: string;
}

/**
 * Gives what sharp is to read: the path of a file that begins as a binary format, or else the bytes.
 * An SVG that comes as bytes has no folder, so that it can show nothing but itself.
 */
export function imageSource(path: string): ImageSource {
  const signature = fileSignature(path);
  // One letter in the right place makes a text look like a transport stream.
  if (signature?.media === 'image') return { content: path, format: signature.format };
  const bytes = readBounded(path);
  if (bytes.length === 0) throw new ThumbnailError('not-an-image', `${path} is empty`, { path });
  if (refersElsewhere(bytes.toString('latin1'))) {
    const message = `${path} shows other files or addresses, which are not read`;
    throw new ThumbnailError('external-reference', message, { path });
  }
  return { content: bytes };
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

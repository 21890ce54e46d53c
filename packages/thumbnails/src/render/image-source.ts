import { open } from 'node:fs/promises';

import { ThumbnailError } from '../thumbnail-error.ts';
import { fileSignature } from './file-signature.ts';
import { refersElsewhere } from './svg-references.ts';

/** Size above which a file without a known signature, which an SVG is, is not read, in bytes. */
export const maxTextBytes = 32 * 2 ** 20;

/**
 * Gives what sharp is to read: the path of a file that begins as a binary format, or else the bytes.
 * An SVG that comes as bytes has no folder, so that it can show nothing but itself.
 */
export async function imageSource(path: string): Promise<string | Buffer> {
  // One letter in the right place makes a text look like a transport stream.
  if ((await fileSignature(path))?.media === 'image') return path;
  const bytes = await readBounded(path);
  if (bytes.length === 0) throw new ThumbnailError('not-an-image', `${path} is empty`, { path });
  if (refersElsewhere(bytes.toString('latin1'))) {
    const message = `${path} shows other files or addresses, which are not read`;
    throw new ThumbnailError('external-reference', message, { path });
  }
  return bytes;
}

async function readBounded(path: string): Promise<Buffer> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    if (size <= maxTextBytes) return await file.readFile();
  } finally {
    await file.close();
  }
  const message = `${path} is of no known format and larger than ${maxTextBytes} bytes`;
  throw new ThumbnailError('not-an-image', message, { path });
}

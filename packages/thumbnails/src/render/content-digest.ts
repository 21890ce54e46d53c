import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';
import { crc32 } from 'node:zlib';

/** How much of a file its digest is made of. */
export interface DigestExtent {
  /** A file of at most so many bytes is read whole. */
  readonly wholeBytes: number;
  /**
   * Of a file that is read whole and has more bytes than this, the head of each 64 KiB is digested together with the CRC-32 of
   * all 64 KiB, at a third of the time. Default: none.
   */
  readonly digestedBytes?: number;
  /** Bytes of each of the 64 pieces, the ends and what lies evenly between, that are read of a larger one. */
  readonly pieceBytes: number;
}

/** A file as it was when it was read. */
export interface DigestedFile {
  /** 32 hexadecimal digits: another for each content, or at least for what was read of it and its size. */
  readonly digest: string;
  /** Whether every byte counts. */
  readonly isWhole: boolean;
  readonly stats: Stats;
}

const pieces = 64;

/** A cover that somebody chose is looked up by it, for years: enough that no other video is taken for this one. */
export const coverExtent: DigestExtent = { wholeBytes: 64 * 2 ** 20, pieceBytes: 2 ** 18 };

/** An image is read whole for its thumbnail, of a video only parts. */
export const extents: Readonly<Record<'image' | 'video', DigestExtent>> = {
  image: { wholeBytes: 64 * 2 ** 20, digestedBytes: 2 ** 18, pieceBytes: 2 ** 18 },
  video: { wholeBytes: 4 * 2 ** 20, pieceBytes: 2 ** 14 },
};
const chunk = Buffer.allocUnsafeSlow(2 ** 18);
const checkedBytes = 2 ** 16;
const headBytes = 2 ** 12;

/** Digests the content of a file, wherever it lies and whatever its name and dates are. */
export function contentDigest(path: string, extent: DigestExtent): DigestedFile {
  const { wholeBytes, digestedBytes = wholeBytes, pieceBytes } = extent;
  const file = openSync(path, 'r');
  try {
    const stats = fstatSync(file);
    const { size } = stats;
    const isWhole = size <= wholeBytes;
    const hash = createHash('sha256').update(`${size}\0${isWhole}\0`);
    if (size <= digestedBytes) readInto(hash, file, 0, size);
    else if (isWhole) checkInto(hash, file, size);
    else
      for (let piece = 0; piece < pieces; piece++) {
        readInto(hash, file, Math.floor(((size - pieceBytes) * piece) / (pieces - 1)), pieceBytes);
      }
    return { digest: hash.digest('hex').slice(0, 32), isWhole, stats };
  } finally {
    closeSync(file);
  }
}

function checkInto(hash: Hash, file: number, size: number): void {
  const checksum = Buffer.allocUnsafe(4);
  for (let position = 0; position < size; position += checkedBytes) {
    const bytes = readUpTo(file, position, checkedBytes);
    checksum.writeUInt32LE(crc32(bytes));
    hash.update(bytes.subarray(0, headBytes)).update(checksum);
  }
}

function readInto(hash: Hash, file: number, position: number, length: number): void {
  for (let done = 0; done < length; done += chunk.length) {
    hash.update(readUpTo(file, position + done, Math.min(chunk.length, length - done)));
  }
}

/** So many bytes, however few of them a read gives; fewer where the file ends. */
function readUpTo(file: number, position: number, length: number): Buffer {
  let done = 0;
  while (done < length) {
    const count = readSync(file, chunk, done, length - done, position + done);
    if (count === 0) break;
    done += count;
  }
  return chunk.subarray(0, done);
}

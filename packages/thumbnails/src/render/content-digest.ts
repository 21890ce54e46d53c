import { createHash, type Hash } from 'node:crypto';
import { closeSync, fstatSync, openSync, readSync, type Stats } from 'node:fs';

/** How much of a file its digest is made of. */
export interface DigestExtent {
  /** A file of at most so many bytes is read whole. */
  readonly wholeBytes: number;
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
  image: { wholeBytes: 64 * 2 ** 20, pieceBytes: 2 ** 18 },
  video: { wholeBytes: 4 * 2 ** 20, pieceBytes: 2 ** 14 },
};
const chunk = Buffer.allocUnsafeSlow(2 ** 18);

/** Digests the content of a file, wherever it lies and whatever its name and dates are. */
export function contentDigest(path: string, { wholeBytes, pieceBytes }: DigestExtent): DigestedFile {
  const file = openSync(path, 'r');
  try {
    const stats = fstatSync(file);
    const { size } = stats;
    const isWhole = size <= wholeBytes;
    const hash = createHash('sha256').update(`${size}\0${isWhole}\0`);
    if (isWhole) readInto(hash, file, 0, size);
    else
      for (let piece = 0; piece < pieces; piece++) {
        readInto(hash, file, Math.floor(((size - pieceBytes) * piece) / (pieces - 1)), pieceBytes);
      }
    return { digest: hash.digest('hex').slice(0, 32), isWhole, stats };
  } finally {
    closeSync(file);
  }
}

function readInto(hash: Hash, file: number, position: number, length: number): void {
  for (let done = 0; done < length;) {
    const count = readSync(file, chunk, 0, Math.min(chunk.length, length - done), position + done);
    if (count === 0) return;
    hash.update(chunk.subarray(0, count));
    done += count;
  }
}

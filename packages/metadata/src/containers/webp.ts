import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint16Little, uint24Little, uint32Little } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { collectExif } from '../exif/collect-exif.ts';
import { collectJumbf } from '../provenance/collect-jumbf.ts';
import { asciiAt } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

/** WebP: RIFF chunks, of which only the headers of pixel chunks are read. */
export const webp: ContainerReader = {
  recognize: (head) =>
    asciiAt(head, 0, 4) === 'RIFF' && asciiAt(head, 8, 4) === 'WEBP' ? 'webp' : undefined,
  *read(file, found) {
    let at = 12;
    for (let count = 0; at + 8 <= file.size && count < limits.blocks; count += 1) {
      const header = yield* file.read(at, 8);
      if (header.length < 8) break;
      const length = uint32Little(header, 4);
      yield* chunk(file, asciiAt(header, 0, 4), at + 8, length, found);
      at += 8 + length + (length % 2);
    }
    // The pad byte of the last chunk is left off by some writers.
    if (at > file.size + 1) found.warn('truncated', 'The WebP file ends inside a chunk.');
  },
};

function* chunk(file: ByteReader, type: string, at: number, length: number, found: Findings): Reading<void> {
  if (type === 'VP8X' || type === 'VP8 ' || type === 'VP8L') {
    pictureSize(type, yield* file.read(at, 10), found);
    return;
  }
  if (type !== 'EXIF' && type !== 'XMP ' && type !== 'C2PA') return;
  if (length > limits.valueBytes) {
    found.warn('limit-exceeded', `A WebP ${type} chunk is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  const body = yield* file.read(at, length);
  if (type === 'EXIF') collectExif(body, found);
  else if (type === 'XMP ') collectXmp(body, found);
  else collectJumbf(body, found);
}

function pictureSize(type: string, bytes: Uint8Array, found: Findings): void {
  if (bytes.length < 10) return;
  if (type === 'VP8X') found.size(uint24Little(bytes, 4) + 1, uint24Little(bytes, 7) + 1);
  if (type === 'VP8 ') found.size(uint16Little(bytes, 6) & 0x3fff, uint16Little(bytes, 8) & 0x3fff);
  if (type === 'VP8L' && bytes[0] === 0x2f) {
    const bits = uint32Little(bytes, 1);
    found.size((bits & 0x3fff) + 1, ((bits >>> 14) & 0x3fff) + 1);
  }
}

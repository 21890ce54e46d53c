import { bytes, uint16 } from './bytes.ts';

/** A JPEG segment with its marker and length. */
export function jpegSegment(marker: number, ...parts: (string | number | Uint8Array)[]): Uint8Array {
  const body = bytes(...parts);
  return bytes(0xff, marker, uint16(body.length + 2), body);
}

export function exifSegment(tiff: Uint8Array): Uint8Array {
  return jpegSegment(0xe1, 'Exif\0\0', tiff);
}

/** A JPEG of 16 x 8 grey pixels around the given segments. */
export function buildJpeg(
  segments: readonly Uint8Array[] = [],
  options: { after?: Uint8Array } = {},
): Uint8Array {
  const jfif = jpegSegment(0xe0, 'JFIF\0', 1, 1, 0, 0, 1, 0, 1, 0, 0);
  const quantization = jpegSegment(0xdb, 0, new Uint8Array(64).fill(1));
  const frame = jpegSegment(0xc0, 8, uint16(8), uint16(16), 1, 1, 0x11, 0);
  // One code of one bit for category 0 in each table: every block is two zero bits.
  const table = (kind: number) => jpegSegment(0xc4, kind, 1, new Uint8Array(15), 0);
  const scan = jpegSegment(0xda, 1, 1, 0, 0, 63, 0);
  return bytes(
    0xff,
    0xd8,
    jfif,
    ...segments,
    quantization,
    frame,
    table(0x00),
    table(0x10),
    scan,
    0x0f,
    0xff,
    0xd9,
    options.after ?? '',
  );
}

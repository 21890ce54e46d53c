import type { ByteReader } from '../bytes/byte-reader.ts';
import type { Reading } from '../bytes/reading.ts';

/** An element of EBML (Matroska, WebM): where its content lies. */
export interface EbmlElement {
  readonly id: number;
  readonly start: number;
  /** Undefined for an element of unknown size, as live recordings have. */
  readonly end: number | undefined;
}

/** The element at a place of a file; undefined where there is none before `limit`. */
export function* readElement(file: ByteReader, at: number, limit: number): Reading<EbmlElement | undefined> {
  if (at + 2 > limit) return undefined;
  return elementOf(yield* file.read(at, 12), at);
}

/** The elements in a row of bytes that are at hand; positions are within these bytes. */
export function elementsIn(bytes: Uint8Array, start: number, end: number): EbmlElement[] {
  const elements: EbmlElement[] = [];
  let at = start;
  while (at + 2 <= end) {
    const element = elementOf(bytes.subarray(at, at + 12), at);
    if (element?.end === undefined || element.end > end) break;
    elements.push(element);
    at = element.end;
  }
  return elements;
}

function elementOf(header: Uint8Array, at: number): EbmlElement | undefined {
  const idLength = Math.clz32(header[0] ?? 0) - 23;
  if (idLength > 4 || header.length < idLength + 1) return undefined;
  const id = bigEndian(header.subarray(0, idLength));
  const first = header[idLength] ?? 0;
  const sizeLength = Math.clz32(first) - 23;
  if (sizeLength > 8 || header.length < idLength + sizeLength) return undefined;
  // A Buffer's `slice` would share the caller's memory.
  const bytes = new Uint8Array(header.subarray(idLength, idLength + sizeLength));
  bytes[0] = first & (0xff >> sizeLength);
  const start = at + idLength + sizeLength;
  const isUnknown = bytes.every((byte, index) => byte === (index === 0 ? 0xff >> sizeLength : 0xff));
  return { id, start, end: isUnknown ? undefined : start + bigEndian(bytes) };
}

/** Exact up to 2^53, which no file reaches. */
export function bigEndian(bytes: Uint8Array): number {
  let value = 0;
  for (const byte of bytes) value = value * 256 + byte;
  return value;
}

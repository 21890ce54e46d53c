import { bytes, uint16, uint32, utf8, utf16 } from './bytes.ts';

export interface TiffEntry {
  readonly tag: number;
  /** 2 is ASCII, 7 is undefined, 1 is byte, 3 is a 16-bit integer, 5 are pairs of integers. */
  readonly type: number;
  readonly value: Uint8Array | number;
}

export interface TiffParts {
  readonly order?: 'big' | 'little';
  readonly ifd0?: readonly TiffEntry[];
  readonly exif?: readonly TiffEntry[];
  readonly ifd1?: readonly TiffEntry[];
}

/** A TIFF block with the directories that EXIF has. */
export function buildTiff(parts: TiffParts): Uint8Array {
  const order = parts.order ?? 'big';
  const u16 = (value: number) => uint16(value, order);
  const u32 = (value: number) => uint32(value, order);
  const { ifd0 = [], exif = [], ifd1 = [] } = parts;
  const pointers = exif.length > 0 ? 1 : 0;
  const ifd0Start = 8;
  const ifd0Size = directorySize(ifd0, pointers);
  const exifStart = ifd0Start + ifd0Size;
  const exifSize = exif.length > 0 ? directorySize(exif, 0) : 0;
  const pointer = { tag: 0x8769, type: 4, value: exifStart };
  const first = pointers === 1 ? [...ifd0, pointer] : ifd0;
  return bytes(
    order === 'big' ? 'MM' : 'II',
    u16(42),
    u32(8),
    directory(first, ifd0Start, ifd1.length > 0 ? exifStart + exifSize : 0, u16, u32),
    exif.length > 0 ? directory(exif, exifStart, 0, u16, u32) : '',
    ifd1.length > 0 ? directory(ifd1, exifStart + exifSize, 0, u16, u32) : '',
  );
}

type Print = (value: number) => Uint8Array;

function directorySize(entries: readonly TiffEntry[], pointers: number): number {
  const heap = entries.reduce((sum, { value }) => sum + heapSize(value), 0);
  return 2 + (entries.length + pointers) * 12 + 4 + heap;
}

function heapSize(value: Uint8Array | number): number {
  return typeof value === 'number' || value.length <= 4 ? 0 : value.length + (value.length % 2);
}

function directory(
  entries: readonly TiffEntry[],
  start: number,
  next: number,
  u16: Print,
  u32: Print,
): Uint8Array {
  let heap = start + 2 + entries.length * 12 + 4;
  const rows: Uint8Array[] = [];
  const values: Uint8Array[] = [];
  for (const { tag, type, value } of [...entries].sort((one, other) => one.tag - other.tag)) {
    if (typeof value === 'number') {
      const inline = type === 3 ? bytes(u16(value), u16(0)) : u32(value);
      rows.push(bytes(u16(tag), u16(type), u32(1), inline));
    } else if (value.length <= 4) {
      rows.push(bytes(u16(tag), u16(type), u32(value.length), value, new Uint8Array(4 - value.length)));
    } else {
      const count = type === 5 ? value.length / 8 : value.length;
      rows.push(bytes(u16(tag), u16(type), u32(count), u32(heap)));
      values.push(bytes(value, new Uint8Array(value.length % 2)));
      heap += heapSize(value);
    }
  }
  return bytes(u16(entries.length), ...rows, u32(next), ...values);
}

/** An ASCII entry (NUL-terminated), as Pillow and piexif write it. */
export function ascii(tag: number, text: string): TiffEntry {
  return { tag, type: 2, value: bytes(utf8(text), 0) };
}

/** A UserComment with its eight-byte label; `none` leaves the label off. */
export function userComment(
  text: string,
  encoding: 'utf16-big' | 'utf16-little' | 'utf8' | 'ascii' | 'none',
): TiffEntry {
  const value = {
    'utf16-big': () => bytes('UNICODE\0', utf16(text, 'big')),
    'utf16-little': () => bytes('UNICODE\0', utf16(text, 'little')),
    utf8: () => bytes('UNICODE\0', utf8(text)),
    ascii: () => bytes('ASCII\0\0\0', utf8(text)),
    none: () => utf8(text),
  }[encoding]();
  return { tag: 0x9286, type: 7, value };
}

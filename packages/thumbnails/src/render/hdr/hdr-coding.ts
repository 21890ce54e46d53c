import { closeSync, openSync, readSync } from 'node:fs';

/** How the numbers of an HDR picture stand for light. */
export interface HdrCoding {
  readonly transfer: 'pq' | 'hlg';
  /** Whether its red, green and blue are those of BT.2020, not of sRGB. */
  readonly isWide: boolean;
}

// ITU-T H.273, tables 2 and 3.
const transfers: Readonly<Record<number, HdrCoding['transfer']>> = { 16: 'pq', 18: 'hlg' };
const bt2020 = 9;

/** Reads code points of ITU-T H.273; undefined where they are not those of HDR. */
export function hdrCoding(primaries: number, transfer: number): HdrCoding | undefined {
  const name = transfers[transfer];
  return name && { transfer: name, isWide: primaries === bt2020 };
}

// The properties of an item stand before its data, and no list of them is longer.
const propertyBytes = 16 * 1024;

/** The coding that the colour box of an AVIF or HEIC file tells (ISO/IEC 14496-12, 12.1.5). */
export function heifHdrCoding(path: string): HdrCoding | undefined {
  const head = readHead(path);
  const at = head.indexOf('colrnclx', 0, 'latin1');
  if (at === -1 || at + 12 > head.length) return undefined;
  return hdrCoding(head.readUInt16BE(at + 8), head.readUInt16BE(at + 10));
}

function readHead(path: string): Buffer {
  const file = openSync(path, 'r');
  try {
    const buffer = Buffer.alloc(propertyBytes);
    return buffer.subarray(0, readSync(file, buffer));
  } finally {
    closeSync(file);
  }
}

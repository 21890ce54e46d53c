import { decodeText, decodeUtf16, trimNul } from '../text/decode-text.ts';
import { decodeUserComment } from '../text/decode-user-comment.ts';

export interface RawExifValue {
  readonly name: string;
  /** TIFF type, 1 to 12. */
  readonly type: number;
  readonly little: boolean;
  readonly bytes: Uint8Array;
}

/** Most numbers that are written out of one value; curves and tables have thousands. */
const mostNumbers = 32;

/** A value as people read it: text, numbers separated by commas, or the length of what is neither; `''` for none. */
export function exifValueText({ name, type, little, bytes }: RawExifValue): string {
  if (name === 'UserComment') return decodeUserComment(bytes);
  if (name.startsWith('XP')) return trimNul(decodeUtf16(bytes, 'little'));
  // Packets of their own, which are read as such.
  if (name === 'XMP' || name === 'IPTC' || name === 'Photoshop' || name === 'C2PA') return '';
  if (type === 2 || (type === 7 && isPrintable(bytes))) return trimNul(decodeText(bytes)).trim();
  const numbers = type === 7 ? undefined : numbersOf(type, bytes, little);
  if (numbers === undefined) return `${bytes.length} bytes`;
  const shown = numbers.texts.join(', ');
  return numbers.count > mostNumbers ? `${shown}, ... (${numbers.count} numbers)` : shown;
}

function isPrintable(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte === 0 || byte === 0x09 || byte === 0x0a || byte === 0x0d || byte >= 0x20);
}

interface Numbers {
  /** The first of them. */
  readonly texts: readonly string[];
  readonly count: number;
}

function numbersOf(type: number, bytes: Uint8Array, little: boolean): Numbers | undefined {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const each = (size: number, read: (at: number) => number | string): Numbers => {
    const count = Math.floor(bytes.length / size);
    const length = Math.min(count, mostNumbers);
    return { texts: Array.from({ length }, (_, index) => String(read(index * size))), count };
  };
  switch (type) {
    case 1:
      return each(1, (at) => view.getUint8(at));
    case 3:
      return each(2, (at) => view.getUint16(at, little));
    case 4:
      return each(4, (at) => view.getUint32(at, little));
    case 5:
      return each(8, (at) => fraction(view.getUint32(at, little), view.getUint32(at + 4, little)));
    case 6:
      return each(1, (at) => view.getInt8(at));
    case 8:
      return each(2, (at) => view.getInt16(at, little));
    case 9:
      return each(4, (at) => view.getInt32(at, little));
    case 10:
      return each(8, (at) => fraction(view.getInt32(at, little), view.getInt32(at + 4, little)));
    case 11:
      return each(4, (at) => view.getFloat32(at, little));
    case 12:
      return each(8, (at) => view.getFloat64(at, little));
    default:
      return undefined;
  }
}

/** Exposure times are written as `1/60` everywhere; what has no denominator is shown as it is stored. */
function fraction(numerator: number, denominator: number): string {
  if (denominator === 0 || (numerator === 1 && denominator > 1)) return `${numerator}/${denominator}`;
  return String(Number((numerator / denominator).toPrecision(8)));
}

import { limits } from '../bytes/limits.ts';
import { exifTagName, gpsTagName } from './exif-tag-names.ts';
import { exifValueText } from './exif-value-text.ts';

/** A value of an EXIF block, readable. */
export interface ExifValue {
  readonly tag: number;
  /** Name of the tag in the EXIF standard, or its number as text where it has none. */
  readonly name: string;
  readonly text: string;
}

const typeSizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8];
const exifPointer = 0x8769;
const gpsPointer = 0x8825;

/**
 * Every value of IFD0, ExifIFD and the GPS directory of a TIFF block, each name once; not those of the preview
 * picture. What lies outside the block, or what `spend` refuses, is left out.
 */
export function listExif(
  block: Uint8Array,
  spend: (bytes: number) => boolean = () => true,
): readonly ExifValue[] {
  if (block.length < 8) return [];
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength);
  const mark = view.getUint16(0);
  const little = mark === 0x4949;
  if ((!little && mark !== 0x4d4d) || view.getUint16(2, little) !== 42) return [];
  const values = new Map<string, ExifValue>();
  const pointers = new Map<number, number>();

  const visit = (offset: number, nameOf: (tag: number) => string | undefined): void => {
    if (offset + 2 > block.length) return;
    const count = Math.min(view.getUint16(offset, little), limits.tiffEntries);
    for (let at = offset + 2; at + 12 <= block.length && at < offset + 2 + count * 12; at += 12) {
      const tag = view.getUint16(at, little);
      const type = view.getUint16(at + 2, little);
      const length = view.getUint32(at + 4, little) * (typeSizes[type] ?? 0);
      if (tag === exifPointer || tag === gpsPointer) {
        pointers.set(tag, view.getUint32(at + 8, little));
        continue;
      }
      const start = length <= 4 ? at + 8 : view.getUint32(at + 8, little);
      if (length === 0 || start + length > block.length) continue;
      const name = nameOf(tag) ?? String(tag);
      if (values.has(name) || !spend(length)) continue;
      const text = exifValueText({ name, type, little, bytes: block.subarray(start, start + length) });
      if (text !== '') values.set(name, { tag, name, text });
    }
  };

  visit(view.getUint32(4, little), exifTagName);
  visit(pointers.get(exifPointer) ?? block.length, exifTagName);
  visit(pointers.get(gpsPointer) ?? block.length, gpsTagName);
  return [...values.values()];
}

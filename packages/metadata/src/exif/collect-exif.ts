import type { Findings } from '../containers/findings.ts';
import { collectIptc, collectPhotoshop } from '../iptc/collect-iptc.ts';
import { collectJumbf } from '../provenance/collect-jumbf.ts';
import { decodeText, decodeUtf16, trimNul } from '../text/decode-text.ts';
import { decodeUserComment } from '../text/decode-user-comment.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import { withoutExifPrefix } from './exif-prefix.ts';
import { listExif } from './list-exif.ts';
import { readTiff, type TiffField } from './read-tiff.ts';

/**
 * Adds the texts of an EXIF block. Takes the block with or without the `Exif\0\0` that belongs
 * into JPEG only and that old Pillow writes into WebP as well.
 */
export function collectExif(block: Uint8Array, found: Findings): void {
  const body = withoutExifPrefix(block);
  const tiff = readTiff(body);
  if (tiff === undefined) {
    found.warn('malformed', 'The EXIF block is not a TIFF structure.');
    return;
  }
  if (tiff.damaged) found.warn('malformed', 'The EXIF block refers to bytes outside itself.');
  for (const field of tiff.fields) if (found.spendExif(field.bytes.length)) collectField(field, found);
  found.exif?.push(...listExif(body, (bytes) => found.spendExif(bytes)));
}

function collectField(field: TiffField, found: Findings): void {
  if (field.name === 'XMP') {
    collectXmp(field.bytes, found);
    return;
  }
  if (field.name === 'C2PA') {
    collectJumbf(field.bytes, found);
    return;
  }
  if (field.name === 'IPTC') {
    collectIptc(field.bytes, found);
    return;
  }
  if (field.name === 'Photoshop') {
    collectPhotoshop(field.bytes, found);
    return;
  }
  const text = fieldText(field);
  if (text !== '') found.add(`exif:${field.name}`, field.name, text);
}

function fieldText(field: TiffField): string {
  if (field.name === 'UserComment') return decodeUserComment(field.bytes);
  if (field.name.startsWith('XP')) return trimNul(decodeUtf16(field.bytes, 'little'));
  const isText = field.type === 2 || isPrintable(field.bytes);
  return isText ? trimNul(decodeText(field.bytes)) : '';
}

/** Camera maker notes are binary; Fooocus writes its scheme there as text. */
function isPrintable(bytes: Uint8Array): boolean {
  return bytes.subarray(0, 64).every((byte) => byte >= 0x20 || byte === 0 || byte === 0x0a);
}

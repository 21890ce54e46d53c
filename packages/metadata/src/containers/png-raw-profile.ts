import { collectExif } from '../exif/collect-exif.ts';
import { collectIptc, collectPhotoshop } from '../iptc/collect-iptc.ts';
import { asciiAt } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { Findings } from './findings.ts';

const prefix = 'Raw profile type ';

/** Whether a text chunk holds a profile as ImageMagick, GIMP and exiv2 write it into PNG. */
export function isRawProfile(keyword: string): boolean {
  return keyword.startsWith(prefix);
}

/**
 * Adds what a raw profile holds: a line break, a name, a length, then the bytes as hex in lines.
 * The name `APP1` serves for EXIF and for XMP.
 */
export function collectRawProfile(keyword: string, text: string, found: Findings): void {
  const type = keyword.slice(prefix.length).toLowerCase();
  const bytes = profileBytes(text);
  if (bytes === undefined) {
    found.warn('malformed', `The raw profile ${type} is not in the form that profiles have.`);
  } else if (type === 'xmp') collectXmp(bytes, found);
  else if (type === 'iptc') collectIptcProfile(bytes, found);
  else if (type === '8bim') collectPhotoshop(bytes, found);
  else if (type === 'app1' && asciiAt(bytes, 0, 5) === 'http:') {
    collectXmp(bytes.subarray(bytes.indexOf(0) + 1), found);
  } else if (type === 'exif' || type === 'app1') collectExif(bytes, found);
}

/** ImageMagick puts the image resources of Photoshop under the name `iptc`. */
function collectIptcProfile(bytes: Uint8Array, found: Findings): void {
  if (bytes[0] === 0x1c) collectIptc(bytes, found);
  else collectPhotoshop(bytes, found);
}

function profileBytes(text: string): Uint8Array | undefined {
  const header = /^\s*[^\n]{1,40}\n\s*(\d{1,9})\s*\n/.exec(text);
  if (header === null) return undefined;
  const hex = text.slice(header[0].length).replace(/\s+/g, '');
  const length = Math.min(Number(header[1]), Math.floor(hex.length / 2));
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index += 1) {
    bytes[index] = Number.parseInt(hex.slice(index * 2, index * 2 + 2), 16);
  }
  return bytes;
}

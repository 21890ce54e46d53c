import type { Findings } from '../containers/findings.ts';
import { decodeText, decodeUtf16, trimNul } from '../text/decode-text.ts';
import { readXmp } from './read-xmp.ts';

/** Adds the properties of an XMP packet, each under its bare name. */
export function collectXmp(packet: Uint8Array | string, found: Findings): void {
  const text = typeof packet === 'string' ? packet : decodePacket(packet);
  for (const { prefix, name, value } of readXmp(text)) {
    found.add(`xmp:${prefix}:${name}`, name, value);
  }
}

/** Packets are UTF-8 but for a few in UTF-16, whose order their first `<` gives away. */
function decodePacket(bytes: Uint8Array): string {
  const [first, second] = bytes;
  if ((first === 0xfe && second === 0xff) || (first === 0 && second === 0x3c)) {
    return decodeUtf16(bytes, 'big');
  }
  if ((first === 0xff && second === 0xfe) || (first === 0x3c && second === 0)) {
    return decodeUtf16(bytes, 'little');
  }
  return trimNul(decodeText(bytes));
}

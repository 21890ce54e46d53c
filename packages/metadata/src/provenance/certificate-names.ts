import { decodeText } from '../text/decode-text.ts';

/** DER: the object identifier 2.5.4.10, organisationName, as it stands before its text. */
const organisation = [0x06, 0x03, 0x55, 0x04, 0x0a];
const stringTypes = new Set([0x0c, 0x13, 0x14, 0x16]);

/**
 * Names of organisations in the certificates of a signature. They tell which service signed where
 * its claim does not; nothing here checks the signature.
 */
export function organisationsIn(signature: Uint8Array): string[] {
  const names = new Set<string>();
  let at = signature.indexOf(0x06);
  while (at >= 0 && names.size < 16) {
    if (organisation.every((byte, index) => signature[at + index] === byte)) {
      const start = at + organisation.length;
      const length = signature[start + 1] ?? 0;
      // Lengths of 128 and more have another form, which no name needs.
      if (stringTypes.has(signature[start] ?? 0) && length < 128) {
        names.add(decodeText(signature.subarray(start + 2, start + 2 + length)));
      }
    }
    at = signature.indexOf(0x06, at + 1);
  }
  return [...names];
}

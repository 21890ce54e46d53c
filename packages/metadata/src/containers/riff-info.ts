import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Little } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { asciiAt, decodeText, trimNul } from '../text/decode-text.ts';
import type { Findings } from './findings.ts';

/** Adds the texts of a `LIST INFO`, which AVI and WAV have alike, such as the comment `ICMT`. */
export function* collectInfo(file: ByteReader, at: number, length: number, found: Findings): Reading<void> {
  if (length > limits.valueBytes) {
    found.warn('limit-exceeded', `The information list is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  const bytes = yield* file.read(at, length);
  for (let child = 0; child + 8 <= bytes.length;) {
    const size = uint32Little(bytes, child + 4);
    const text = trimNul(decodeText(bytes.subarray(child + 8, child + 8 + size)));
    if (text !== '') found.add('INFO', asciiAt(bytes, child, 4), text);
    child += 8 + size + (size % 2);
  }
}

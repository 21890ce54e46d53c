import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Little } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { decodeText, trimNul } from '../text/decode-text.ts';
import { collectXmp } from '../xmp/collect-xmp.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

const magic = 0x01_31_2f_76;
const longestName = 256;
const maximumAttributes = 4_096;

/** OpenEXR: the texts among the attributes of its first header, and the size of its pixels. */
export const exr: ContainerReader = {
  recognize: (head) => (uint32Little(head, 0) === magic ? 'exr' : undefined),
  *read(file, found) {
    let at = 8;
    for (let count = 0; count < maximumAttributes; count += 1) {
      const attribute = yield* readAttribute(file, at);
      if (attribute === undefined) {
        found.warn('truncated', 'The EXR file ends inside its header.');
        return;
      }
      if (attribute.name === '') return;
      yield* collect(file, attribute, found);
      at = attribute.start + attribute.length;
    }
    found.warn('limit-exceeded', `The EXR file has more than ${maximumAttributes} attributes.`);
  },
};

interface Attribute {
  readonly name: string;
  readonly type: string;
  readonly start: number;
  readonly length: number;
}

/** Name and type, each with a NUL, then the length of the value; an empty name ends the header. */
function* readAttribute(file: ByteReader, at: number): Reading<Attribute | undefined> {
  const bytes = yield* file.read(at, longestName * 2 + 4);
  if (bytes[0] === 0) return { name: '', type: '', start: at + 1, length: 0 };
  const nameEnd = bytes.indexOf(0);
  const typeEnd = nameEnd < 0 ? -1 : bytes.indexOf(0, nameEnd + 1);
  if (typeEnd < 0 || typeEnd + 5 > bytes.length) return undefined;
  const name = decodeText(bytes.subarray(0, nameEnd));
  const type = decodeText(bytes.subarray(nameEnd + 1, typeEnd));
  return { name, type, start: at + typeEnd + 5, length: uint32Little(bytes, typeEnd + 1) };
}

function* collect(
  file: ByteReader,
  { name, type, start, length }: Attribute,
  found: Findings,
): Reading<void> {
  if (type === 'box2i' && name === 'dataWindow') windowSize(yield* file.read(start, 16), found);
  if (type !== 'string' || length === 0) return;
  if (length > limits.valueBytes) {
    found.warn('limit-exceeded', `A text of the EXR is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  const bytes = yield* file.read(start, length);
  if (bytes.length < length) found.warn('truncated', 'The EXR file ends inside its header.');
  if (name === 'xmp') collectXmp(bytes, found);
  else found.add('header', name, trimNul(decodeText(bytes)));
}

/** The smallest and the largest place of a pixel, both within the picture. */
function windowSize(bytes: Uint8Array, found: Findings): void {
  if (bytes.length < 16) return;
  const [left = 0, top = 0, right = 0, bottom = 0] = [0, 4, 8, 12].map((at) => uint32Little(bytes, at) | 0);
  found.size(right - left + 1, bottom - top + 1);
}

import { uint16Big, uint32Big } from '../bytes/integers.ts';
import { asciiAt } from '../text/decode-text.ts';

/** Datasets of the application record (2) that may say how a picture was made. */
const names: ReadonlyMap<number, string> = new Map([
  [5, 'ObjectName'],
  [40, 'SpecialInstructions'],
  [80, 'By-line'],
  [105, 'Headline'],
  [110, 'Credit'],
  [115, 'Source'],
  [116, 'CopyrightNotice'],
  [120, 'Caption-Abstract'],
  [122, 'Writer-Editor'],
]);

export interface IptcField {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** The named texts of an IPTC-IIM block. */
export function readIptc(block: Uint8Array): IptcField[] {
  const fields: IptcField[] = [];
  let at = 0;
  while (block[at] === 0x1c && at + 5 <= block.length) {
    const record = block[at + 1];
    const name = names.get(block[at + 2] ?? 0);
    const { length, start } = datasetLength(block, at + 3);
    const bytes = block.subarray(start, start + length);
    if (record === 2 && name !== undefined) fields.push({ name, bytes });
    at = start + length;
  }
  return fields;
}

/** A length above 32,767 is written as the number of bytes that its own length has. */
function datasetLength(block: Uint8Array, at: number): { length: number; start: number } {
  const short = uint16Big(block, at);
  if (short < 0x8000) return { length: short, start: at + 2 };
  const size = short & 0x7fff;
  let length = 0;
  for (let index = 0; index < Math.min(size, 6); index += 1) {
    length = length * 256 + (block[at + 2 + index] ?? 0);
  }
  return { length, start: at + 2 + size };
}

/** The IPTC block among Photoshop's image resources, which JPEG keeps in APP13. */
export function findIptcResource(resources: Uint8Array): Uint8Array | undefined {
  let at = asciiAt(resources, 0, 14) === 'Photoshop 3.0\0' ? 14 : 0;
  while (asciiAt(resources, at, 4) === '8BIM') {
    const nameLength = (resources[at + 6] ?? 0) + 1;
    const lengthAt = at + 6 + nameLength + (nameLength % 2);
    const length = uint32Big(resources, lengthAt);
    const data = resources.subarray(lengthAt + 4, lengthAt + 4 + length);
    if (uint16Big(resources, at + 4) === 0x0404) return data;
    at = lengthAt + 4 + length + (length % 2);
  }
  return undefined;
}

import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint16Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { decodeText, trimNul } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';
import { JpegApplicationData } from './jpeg-application-data.ts';

const startOfScan = 0xda;
const endOfImage = 0xd9;
const comment = 0xfe;
const app1 = 0xe1;
const app11 = 0xeb;
const app13 = 0xed;

/** JPEG: segments up to the start of the scan. */
export const jpeg: ContainerReader = {
  recognize: (head) => (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff ? 'jpeg' : undefined),
  *read(file, found) {
    const data = new JpegApplicationData(found);
    yield* segments(file, data, found);
    data.finish();
  },
};

function* segments(file: ByteReader, data: JpegApplicationData, found: Findings): Reading<void> {
  let at = 2;
  for (let count = 0; count < limits.blocks; count += 1) {
    const header = file.held(at, 4) ?? (yield* file.read(at, 4));
    const [mark, marker = 0, high = 0, low = 0] = header;
    if (mark !== 0xff || header.length < 4) {
      truncated(at, file, found);
      return;
    }
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === startOfScan || marker === endOfImage) return;
    if (isBare(marker)) {
      at += 2;
      continue;
    }
    const length = (high << 8) | low;
    if (length < 2) {
      truncated(at, file, found);
      return;
    }
    yield* segment(file, marker, at + 4, length - 2, data, found);
    at += 2 + length;
  }
}

function truncated(at: number, file: ByteReader, found: Findings): void {
  if (at + 4 > file.size) found.warn('truncated', 'The JPEG ends before its picture.');
  else found.warn('malformed', 'A JPEG segment does not follow the one before it.');
}

/** Markers without a length: TEM and the restart markers. */
function isBare(marker: number): boolean {
  return marker === 0x01 || (marker >= 0xd0 && marker <= 0xd7);
}

function* segment(
  file: ByteReader,
  marker: number,
  at: number,
  length: number,
  data: JpegApplicationData,
  found: Findings,
): Reading<void> {
  if (isFrame(marker)) {
    const frame = file.held(at, 5) ?? (yield* file.read(at, 5));
    if (frame.length === 5) found.size(uint16Big(frame, 3), uint16Big(frame, 1));
    return;
  }
  if (marker !== app1 && marker !== app11 && marker !== app13 && marker !== comment) return;
  const body = file.held(at, length) ?? (yield* file.read(at, length));
  if (body.length < length) found.warn('truncated', 'The JPEG ends inside a segment.');
  if (marker === comment) collectComment(body, found);
  else if (marker === app1) data.app1(body);
  else if (marker === app11) data.app11(body);
  else data.app13(body);
}

/** Start-of-frame markers; C4, C8 and CC are tables and extensions. */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && marker !== 0xc4 && marker !== 0xc8 && marker !== 0xcc;
}

/** stable-diffusion.cpp writes `parameters`, NUL, text: the keyword is taken off where it is. */
function collectComment(body: Uint8Array, found: Findings): void {
  const text = trimNul(decodeText(body));
  const keyword = /^([\w-]{1,79})\0/.exec(text)?.[1];
  if (keyword === undefined) found.add('COM', '', text);
  else found.add('COM', keyword, text.slice(keyword.length + 1));
}

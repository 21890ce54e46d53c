import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint16Big, uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { type Box, boxesIn, readBox } from '../iso-media/box.ts';
import { readItemList } from '../iso-media/item-list.ts';
import { collectMovieDuration, collectTrackTiming } from '../iso-media/track-timing.ts';
import { collectUuidBox } from '../iso-media/uuid-box.ts';
import { asciiAt, decodeText } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';

/** Boxes that begin a QuickTime file of before 2001, which has no file type box. */
const oldQuickTime = new Set(['moov', 'mdat', 'wide', 'free', 'skip']);
/** Photographs in a file of this family: Canon's raw format. */
const noVideos = new Set(['crx ']);

/** MP4 and MOV: boxes are visited by seeking, wherever in a file of gigabytes `moov` lies. */
export const mp4: ContainerReader = {
  recognize(head) {
    const type = asciiAt(head, 4, 4);
    const brand = asciiAt(head, 8, 4);
    if (type === 'ftyp') {
      if (noVideos.has(brand)) return undefined;
      return brand === 'qt  ' ? 'mov' : 'mp4';
    }
    // A text such as "the free ..." announces a box of a gigabyte and more.
    const length = uint32Big(head, 0);
    return oldQuickTime.has(type) && length >= 8 && length < 0x2000_0000 ? 'mov' : undefined;
  },
  *read(file, found) {
    const end = yield* visit(file, 0, file.size, '', found, { blocks: 0 });
    if (end > file.size) found.warn('truncated', 'The video ends inside a box.');
  },
};

const parents = new Set(['moov', 'moov/udta', 'moov/trak', 'moov/trak/udta']);

/** Visits the boxes of a range; returns where the last one ends. */
function* visit(
  file: ByteReader,
  start: number,
  end: number,
  path: string,
  found: Findings,
  walk: { blocks: number },
): Reading<number> {
  let at = start;
  while (walk.blocks < limits.blocks) {
    const box = yield* readBox(file, at, end);
    if (box === undefined) break;
    walk.blocks += 1;
    const inner = path === '' ? box.type : `${path}/${box.type}`;
    if (parents.has(inner)) {
      yield* visit(file, box.start, Math.min(box.end, end), inner, found, walk);
    } else yield* content(file, box, inner, found);
    at = box.end;
  }
  return at;
}

function* content(file: ByteReader, box: Box, path: string, found: Findings): Reading<void> {
  if (path === 'uuid') yield* collectUuidBox(file, box, found);
  else if (path === 'moov/trak/tkhd') trackSize(yield* file.read(box.start, 96), found);
  else if (path === 'moov/mvhd') yield* collectMovieDuration(file, box, found);
  else if (path === 'moov/trak/mdia') yield* collectTrackTiming(file, box, found);
  else if (box.type === 'meta') yield* collectMeta(file, box, found);
  else if (path.includes('/udta/') && box.type.startsWith('\u00a9')) {
    collectQuickTimeText(box.type, yield* boxBytes(file, box, found), found);
  }
}

/** Width and height as 16.16 fixed point at the end of the track header. */
function trackSize(header: Uint8Array, found: Findings): void {
  const at = header[0] === 1 ? 88 : 76;
  found.size(uint32Big(header, at) >>> 16, uint32Big(header, at + 4) >>> 16);
}

function* boxBytes(file: ByteReader, box: Box, found: Findings): Reading<Uint8Array> {
  if (box.end - box.start > limits.valueBytes) {
    found.warn('limit-exceeded', `A ${box.type} box is longer than ${limits.valueBytes} bytes.`);
    return new Uint8Array(0);
  }
  return yield* file.read(box.start, box.end - box.start);
}

/** `meta` of MP4 begins with version and flags, that of QuickTime does not. */
function* collectMeta(file: ByteReader, box: Box, found: Findings): Reading<void> {
  const bytes = yield* boxBytes(file, box, found);
  const start = asciiAt(bytes, 4, 4) === 'hdlr' ? 0 : 4;
  for (const { key, text } of readItemList(bytes, boxesIn(bytes, start, bytes.length))) {
    found.add('meta', key, text);
  }
}

/** A length of two bytes and a language of two bytes before each text. */
function collectQuickTimeText(type: string, bytes: Uint8Array, found: Findings): void {
  const length = uint16Big(bytes, 0);
  const text = decodeText(bytes.subarray(4, 4 + length));
  if (text !== '') found.add('udta', itunesNames[type] ?? type, text);
}

const itunesNames: Readonly<Record<string, string>> = {
  '\u00a9cmt': 'comment',
  '\u00a9nam': 'title',
  '\u00a9des': 'description',
};

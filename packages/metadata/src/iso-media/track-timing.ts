import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Big, uint64Big } from '../bytes/integers.ts';
import type { Reading } from '../bytes/reading.ts';
import type { Findings } from '../containers/findings.ts';
import type { TrackKind } from '../image-metadata.ts';
import { asciiAt } from '../text/decode-text.ts';
import { type Box, readBox } from './box.ts';

const kinds: Readonly<Record<string, TrackKind>> = {
  vide: 'video',
  soun: 'audio',
  text: 'text',
  sbtl: 'text',
  subt: 'text',
};
/** Boxes in a row; a track has a dozen. */
const maximumBoxes = 64;
/** Spans of frames that last alike; a video of one frame rate has one, or another for its last frame. */
const maximumSpans = 4_096;

interface Track {
  kind: TrackKind;
  codec: string;
  timescale: number;
  frameCount: number | undefined;
  frameRate: number | undefined;
}

/** Adds how long the whole lasts, from its header (`mvhd`): two dates, a time scale and a duration in its units. */
export function* collectMovieDuration(file: ByteReader, box: Box, found: Findings): Reading<void> {
  const { timescale, duration } = scaleAndDuration(yield* file.read(box.start, 32));
  found.duration(duration / timescale);
}

/** Adds a track by its `mdia` box: what it is, how it is coded, and of a picture the number and rate of its frames. */
export function* collectTrackTiming(file: ByteReader, media: Box, found: Findings): Reading<void> {
  const track: Track = {
    kind: 'other',
    codec: '',
    timescale: 0,
    frameCount: undefined,
    frameRate: undefined,
  };
  yield* walk(file, media, track, 0);
  found.addTrack({ kind: track.kind, codec: track.codec });
  if (track.kind === 'video') found.frames(track.frameCount, track.frameRate);
}

const parents = new Set(['minf', 'stbl']);

/** False once the spans of frames were read: the long tables behind them are of no interest. */
function* walk(file: ByteReader, parent: Box, track: Track, depth: number): Reading<boolean> {
  let at = parent.start;
  for (let count = 0; count < maximumBoxes; count += 1) {
    const box = yield* readBox(file, at, parent.end);
    if (box === undefined) return true;
    if (parents.has(box.type) && depth < 2) {
      const inner = { ...box, end: Math.min(box.end, parent.end) };
      if (!(yield* walk(file, inner, track, depth + 1))) return false;
    } else if (box.type === 'stts') {
      yield* frames(file, box, track);
      return false;
    } else yield* describe(file, box, track);
    at = box.end;
  }
  return true;
}

function* describe(file: ByteReader, box: Box, track: Track): Reading<void> {
  if (box.type === 'mdhd') track.timescale = scaleAndDuration(yield* file.read(box.start, 32)).timescale;
  if (box.type === 'hdlr') track.kind = kinds[asciiAt(yield* file.read(box.start, 12), 8, 4)] ?? 'other';
  // Version and flags, a count, the size of the first entry, then its type.
  if (box.type === 'stsd') track.codec = asciiAt(yield* file.read(box.start, 16), 12, 4).trim();
}

function scaleAndDuration(header: Uint8Array): { timescale: number; duration: number } {
  const isLong = header[0] === 1;
  return {
    timescale: uint32Big(header, isLong ? 20 : 12),
    duration: isLong ? uint64Big(header, 24) : uint32Big(header, 16),
  };
}

/** Version and flags, a count, then for each span how many frames it has and how long each of them lasts. */
function* frames(file: ByteReader, box: Box, track: Track): Reading<void> {
  const header = yield* file.read(box.start, 8);
  const count = uint32Big(header, 4);
  if (count === 0 || count > maximumSpans) return;
  const table = yield* file.read(box.start + 8, count * 8);
  if (table.length < count * 8) return;
  let total = 0;
  for (let at = 0; at < table.length; at += 8) total += uint32Big(table, at);
  track.frameCount = total;
  // The last frame alone may be shown shorter or longer.
  const isRegular = count === 1 || (count === 2 && uint32Big(table, 8) === 1);
  if (isRegular) track.frameRate = track.timescale / uint32Big(table, 4);
}

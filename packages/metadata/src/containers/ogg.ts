import type { ByteReader } from '../bytes/byte-reader.ts';
import { joinBytes } from '../bytes/inflate-bounded.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import { collectVorbisComment } from './vorbis-comment.ts';

/** Ogg with Opus or Vorbis: the comments are the second packet of the stream. */
export const ogg: ContainerReader = {
  recognize: (head) => (asciiAt(head, 0, 4) === 'OggS' ? 'ogg' : undefined),
  *read(file, found) {
    const packet = yield* secondPacket(file);
    if (packet === undefined) found.warn('truncated', 'The Ogg file ends before its comments.');
    else if (asciiAt(packet, 0, 8) === 'OpusTags') collectVorbisComment(packet.subarray(8), found);
    else if (asciiAt(packet, 1, 6) === 'vorbis') collectVorbisComment(packet.subarray(7), found);
  },
};

/** A packet is cut into segments of 255 bytes, the last of which is shorter, over several pages. */
function* secondPacket(file: ByteReader): Reading<Uint8Array | undefined> {
  const parts: Uint8Array[] = [];
  let packet = 0;
  let total = 0;
  let at = 0;
  while (total <= limits.valueBytes) {
    const header = yield* file.read(at, 27);
    const segments = header[26] ?? 0;
    if (asciiAt(header, 0, 4) !== 'OggS' || segments === 0) return undefined;
    const lengths = yield* file.read(at + 27, segments);
    at += 27 + segments;
    for (const length of lengths) {
      if (packet === 1) parts.push(yield* file.read(at, length));
      at += length;
      total += length;
      if (length === 255) continue;
      if (packet === 1) return joinBytes(parts);
      packet += 1;
    }
  }
  return undefined;
}

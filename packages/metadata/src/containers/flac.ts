import { uint32Big } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';
import { collectVorbisComment } from './vorbis-comment.ts';

const streamInfo = 0;
const vorbisComment = 4;

/** FLAC: the Vorbis comment among its metadata blocks. */
export const flac: ContainerReader = {
  recognize: (head) => (asciiAt(head, 0, 4) === 'fLaC' ? 'flac' : undefined),
  *read(file, found) {
    let at = 4;
    for (let count = 0; count < limits.blocks; count += 1) {
      const [flags, high = 0, middle = 0, low = 0] = yield* file.read(at, 4);
      if (flags === undefined) return;
      const length = (high << 16) | (middle << 8) | low;
      if ((flags & 0x7f) === streamInfo) collectTiming(yield* file.read(at + 4, 18), found);
      if ((flags & 0x7f) === vorbisComment) {
        if (length > limits.valueBytes) {
          found.warn('limit-exceeded', `Comments are longer than ${limits.valueBytes} bytes.`);
        } else collectVorbisComment(yield* file.read(at + 4, length), found);
      }
      if ((flags & 0x80) !== 0) return;
      at += 4 + length;
    }
  },
};

/** A rate of 20 bits, and the number of samples of 36 bits, 0 where it was not known. */
function collectTiming(info: Uint8Array, found: Findings): void {
  if (info.length < 18) return;
  const rate = uint32Big(info, 10) >>> 12;
  const samples = ((info[13] ?? 0) & 15) * 2 ** 32 + uint32Big(info, 14);
  found.addTrack({ kind: 'audio', codec: 'flac' });
  found.duration(samples / rate);
}

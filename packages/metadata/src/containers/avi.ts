import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Little } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { asciiAt } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';
import { collectInfo } from './riff-info.ts';

/** AVI: the texts of `LIST INFO`, such as the comment `ICMT`. */
export const avi: ContainerReader = {
  recognize: (head) => (asciiAt(head, 0, 4) === 'RIFF' && asciiAt(head, 8, 4) === 'AVI ' ? 'avi' : undefined),
  *read(file, found) {
    let at = 12;
    for (let count = 0; at + 8 <= file.size && count < limits.blocks; count += 1) {
      const header = yield* file.read(at, 12);
      const length = uint32Little(header, 4);
      if (asciiAt(header, 0, 4) === 'LIST') {
        yield* list(file, asciiAt(header, 8, 4), at + 12, length - 4, found);
      }
      at += 8 + length + (length % 2);
    }
    if (at > file.size + 1) found.warn('truncated', 'The AVI file ends inside a chunk.');
  },
};

function* list(file: ByteReader, type: string, at: number, length: number, found: Findings): Reading<void> {
  if (type === 'hdrl') {
    const header = yield* file.read(at, 64);
    if (asciiAt(header, 0, 4) === 'avih') {
      found.size(uint32Little(header, 40), uint32Little(header, 44));
      collectTiming(header, found);
    }
  }
  if (type === 'INFO') yield* collectInfo(file, at, length, found);
}

/** Microseconds a frame and the number of frames, as the main header has them. */
function collectTiming(header: Uint8Array, found: Findings): void {
  const microseconds = uint32Little(header, 8);
  const frames = uint32Little(header, 24);
  if (microseconds === 0) return;
  found.frames(frames, 1e6 / microseconds);
  found.duration((frames * microseconds) / 1e6);
}

import type { ByteReader } from '../bytes/byte-reader.ts';
import { uint32Little } from '../bytes/integers.ts';
import { limits } from '../bytes/limits.ts';
import type { Reading } from '../bytes/reading.ts';
import { collectJumbf } from '../provenance/collect-jumbf.ts';
import { asciiAt, decodeText, trimNul } from '../text/decode-text.ts';
import type { ContainerReader } from './container.ts';
import type { Findings } from './findings.ts';
import { collectInfo } from './riff-info.ts';

/** WAV: the texts of `LIST INFO`, the chunk `json` of Wan2GP, and content credentials. */
export const wav: ContainerReader = {
  recognize: (head) => (asciiAt(head, 0, 4) === 'RIFF' && asciiAt(head, 8, 4) === 'WAVE' ? 'wav' : undefined),
  *read(file, found) {
    let bytesPerSecond = 0;
    let at = 12;
    for (let count = 0; at + 8 <= file.size && count < limits.blocks; count += 1) {
      const header = yield* file.read(at, 24);
      const type = asciiAt(header, 0, 4);
      const length = uint32Little(header, 4);
      if (type === 'fmt ') {
        bytesPerSecond = uint32Little(header, 16);
        found.addTrack({ kind: 'audio', codec: codecOf(header) });
      } else if (type === 'data') found.duration(length / bytesPerSecond);
      else yield* content(file, type, at + 8, length, header, found);
      at += 8 + length + (length % 2);
    }
    if (at > file.size + 1) found.warn('truncated', 'The WAV file ends inside a chunk.');
  },
};

function* content(
  file: ByteReader,
  type: string,
  at: number,
  length: number,
  header: Uint8Array,
  found: Findings,
): Reading<void> {
  if (type === 'LIST' && asciiAt(header, 8, 4) === 'INFO') {
    yield* collectInfo(file, at + 4, length - 4, found);
  }
  if (type !== 'json' && type !== 'C2PA') return;
  if (length > limits.valueBytes) {
    found.warn('limit-exceeded', `A chunk of the WAV file is longer than ${limits.valueBytes} bytes.`);
    return;
  }
  const bytes = yield* file.read(at, length);
  if (type === 'C2PA') collectJumbf(bytes, found);
  else found.add('json', 'json', trimNul(decodeText(bytes)));
}

/** The number of the format as Microsoft registers it: 1 is PCM, 3 are floating-point numbers. */
function codecOf(header: Uint8Array): string {
  const number = (header[8] ?? 0) | ((header[9] ?? 0) << 8);
  const names: Readonly<Record<number, string>> = { 1: 'pcm', 3: 'pcm-float', 0xfffe: 'pcm' };
  return names[number] ?? `wav-${number}`;
}

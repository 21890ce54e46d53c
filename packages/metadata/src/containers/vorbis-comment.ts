import { uint32Little } from '../bytes/integers.ts';
import { decodeText } from '../text/decode-text.ts';
import type { Findings } from './findings.ts';

/** Adds the comments of FLAC, Vorbis and Opus: a vendor, a count, then `NAME=text` each with its length. */
export function collectVorbisComment(bytes: Uint8Array, found: Findings): void {
  let at = 4 + uint32Little(bytes, 0);
  const count = uint32Little(bytes, at);
  at += 4;
  for (let index = 0; index < count && at + 4 <= bytes.length; index += 1) {
    const length = uint32Little(bytes, at);
    const comment = decodeText(bytes.subarray(at + 4, at + 4 + length));
    const equals = comment.indexOf('=');
    if (equals > 0) found.add('comment', comment.slice(0, equals), comment.slice(equals + 1));
    at += 4 + length;
  }
  if (at > bytes.length) found.warn('truncated', 'The comments end inside one of them.');
}

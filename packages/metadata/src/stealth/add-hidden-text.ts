import type { Findings } from '../containers/findings.ts';
import { decodeText } from '../text/decode-text.ts';
import type { HiddenBits } from './hidden-bits.ts';

/** Adds the text behind the mark of a picture; `plane` is undefined where the picture is damaged. */
export function addHiddenText(plane: HiddenBits | undefined, found: Findings): void {
  const payload = plane?.payload();
  if (plane === undefined || payload === undefined) {
    found.warn('malformed', 'A hidden text is damaged.');
    return;
  }
  const { magic, bytes, isGzip } = payload;
  const plain = isGzip ? found.inflate(bytes, 'gzip')?.bytes : bytes;
  if (plain === undefined) return;
  if (plain.length === 0) found.warn('malformed', 'A hidden text is damaged.');
  else found.add(`stealth-${plane.channel}`, magic, decodeText(plain));
}

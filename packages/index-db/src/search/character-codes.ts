import { isBeyondAscii } from './fold-text.ts';

/** Stands for every character that is not ASCII. */
export const beyondAsciiCode = 128;

// One for all texts: the codes of the last one that was asked for.
let codes = Buffer.allocUnsafeSlow(4096);

/**
 * The codes of a text, one for each UTF-16 unit: asking an array for them costs a third of asking the text.
 * They are overwritten by the next call.
 */
export function characterCodes(text: string): Uint8Array {
  if (codes.length < text.length) codes = Buffer.allocUnsafeSlow(2 * text.length);
  if (isBeyondAscii(text)) {
    for (let at = 0; at < text.length; at += 1) codes[at] = Math.min(text.charCodeAt(at), beyondAsciiCode);
  } else codes.write(text, 'latin1');
  return codes.subarray(0, text.length);
}

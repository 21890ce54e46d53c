import { isBeyondAscii } from '@iib-kit/catalog/text';

/** Stands for every character that is not ASCII. */
export const beyondAsciiCode = 128;

const lineEnd = 10;
const blank = 32;

// What `foldText` makes of each ASCII character; what lies between two texts may be any byte.
const folded = Uint8Array.from({ length: 256 }, (_, code) => {
  if (code >= 65 && code <= 90) return code + 32;
  const isControl = (code < 32 && code !== 9 && code !== 10 && code !== 13) || code >= 127;
  return isControl ? blank : code;
});

/** The character codes of texts, in memory that is used again for each. */
export class CharacterCodes {
  #codes = Buffer.allocUnsafeSlow(4096);

  /**
   * The codes of a text, one for each UTF-16 unit: asking an array for them costs a third of asking the text.
   * They are overwritten by the next call.
   */
  of(text: string): Uint8Array {
    const codes = this.#withRoomFor(text.length);
    if (isBeyondAscii(text)) {
      for (let at = 0; at < text.length; at += 1) codes[at] = Math.min(text.charCodeAt(at), beyondAsciiCode);
    } else codes.write(text, 'latin1');
    return codes.subarray(0, text.length);
  }

  /**
   * The codes of two texts in ASCII, folded on the way, each with a line end behind it and one more behind the last:
   * several times quicker than folding the texts first. They are overwritten by the next call.
   */
  ofFolded(first: string, second: string): Uint8Array {
    const length = first.length + second.length + 3;
    const codes = this.#withRoomFor(length);
    codes.write(first, 0, 'latin1');
    codes.write(second, first.length + 1, 'latin1');
    for (let at = 0; at < length - 2; at += 1) codes[at] = folded[codes[at] ?? 0] ?? blank;
    codes[first.length] = lineEnd;
    codes[length - 2] = lineEnd;
    codes[length - 1] = lineEnd;
    return codes.subarray(0, length);
  }

  #withRoomFor(length: number): Buffer {
    if (this.#codes.length < length) this.#codes = Buffer.allocUnsafeSlow(2 * length);
    return this.#codes;
  }
}

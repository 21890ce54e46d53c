import { encodePiece } from './encode-piece.ts';

const blank = 0x20;
const mostBytesPerUnit = 3;

// The one or two bytes in UTF-8 that stand for each ASCII character in a piece; 0 where there is no second.
const encodings = Array.from({ length: 128 }, (_, code) =>
  Buffer.from(encodePiece(String.fromCharCode(code))),
);
const firstByte = Uint8Array.from(encodings, (bytes) => bytes[0] ?? 0);
const secondByte = Uint8Array.from(encodings, (bytes) => bytes[1] ?? 0);

/**
 * Tokens one after the other in UTF-8, as a row of the full-text table is given them. Making strings of hundreds of
 * them for each text, and one of all, which is encoded again on its way into SQLite, costs three times as much.
 */
export class TokenWriter {
  #bytes = Buffer.allocUnsafeSlow(1 << 14);
  #end = 0;

  /** Adds the piece of three ASCII characters. */
  addGram(a: number, b: number, c: number): void {
    if (this.#end + 8 > this.#bytes.length) this.#grow(8);
    let end = this.#addCode(a, this.#end);
    end = this.#addCode(b, end);
    end = this.#addCode(c, end);
    this.#bytes[end] = blank;
    this.#end = end + 1;
  }

  /** Adds a token as it is spelled. */
  add(token: string): void {
    const most = mostBytesPerUnit * token.length + 1;
    if (this.#end + most > this.#bytes.length) this.#grow(most);
    const bytes = this.#bytes;
    let end = this.#end;
    for (let at = 0; at < token.length; at += 1) {
      const code = token.charCodeAt(at);
      if (code < 0x80) {
        bytes[end] = code;
        end += 1;
      } else if (code < 0x800) {
        bytes[end] = 0xc0 | (code >> 6);
        bytes[end + 1] = 0x80 | (code & 0x3f);
        end += 2;
      } else {
        end += bytes.write(token.slice(at), end, 'utf8');
        break;
      }
    }
    bytes[end] = blank;
    this.#end = end + 1;
  }

  /** What was added since the last time. */
  take(): Buffer {
    const taken = Buffer.from(this.#bytes.subarray(0, this.#end));
    this.#end = 0;
    return taken;
  }

  #addCode(code: number, end: number): number {
    this.#bytes[end] = firstByte[code] ?? 0;
    const second = secondByte[code] ?? 0;
    if (second === 0) return end + 1;
    this.#bytes[end + 1] = second;
    return end + 2;
  }

  #grow(by: number): void {
    const larger = Buffer.allocUnsafeSlow(2 * (this.#bytes.length + by));
    larger.set(this.#bytes.subarray(0, this.#end));
    this.#bytes = larger;
  }
}

/** The tokens of a row, each as often as it is there. */
export function readTokens(row: Buffer): string[] {
  return row.toString('utf8').split(' ').slice(0, -1);
}

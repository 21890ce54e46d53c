import type { WordSpans } from './words.ts';
import type { TokenWriter } from './token-writer.ts';

// All but what is found in nearly every text, where looking for one character by itself needs no index.
const rare = /[^a-z0-9 \n,.:;()<>_\-/'"=+]/gu;

/** Whether a character is indexed by itself. */
export function isIndexedAlone(character: string): boolean {
  return character.search(rare) !== -1;
}

/** The characters of a folded text that are indexed by themselves, each once. */
export function rareCharacters(folded: string): readonly string[] {
  return [...new Set(folded.match(rare))];
}

const isRare = Uint8Array.from({ length: 128 }, (_, code) =>
  Number(isIndexedAlone(String.fromCharCode(code))),
);

/** The same for one whose code point this is. */
export function isRareCode(code: number): boolean {
  return code > maximumAscii || isRare[code] === 1;
}

/** Finds the rare characters of texts, in memory that is used again for each. */
export class RareCharacters {
  // In which turn each was met last: cheaper than a set for each text.
  readonly #metIn = new Float64Array(128);
  #turn = 0;

  /** Writes the rare characters of a folded text in ASCII, with these character codes and runs of letters: each once. */
  write(codes: Uint8Array, { bounds, count }: WordSpans, writer: TokenWriter): void {
    this.#turn += 1;
    let at = 0;
    for (let run = 0; run <= count; run += 1) {
      const start = run === count ? codes.length : (bounds[2 * run] ?? 0);
      for (; at < start; at += 1) {
        const code = codes[at] ?? 0;
        if (isRare[code] !== 1 || this.#metIn[code] === this.#turn) continue;
        this.#metIn[code] = this.#turn;
        writer.addCharacter(code);
      }
      at = bounds[2 * run + 1] ?? 0;
    }
  }
}

const maximumAscii = 0x7f;
const maximumUnit = 0xffff;

/** Pairs that no trigram of ASCII characters begins with; all others are found by trying what may follow them. */
export function pairsBeyondAscii(folded: string): ReadonlySet<string> {
  const pairs = new Set<string>();
  // Where the two characters before this one begin, and whether either is beyond ASCII.
  let [first, second] = [-1, -1];
  let [isFirst, isSecond] = [false, false];
  for (let at = 0; at < folded.length;) {
    const code = folded.codePointAt(at) ?? 0;
    const isThis = code > maximumAscii;
    if (first >= 0 && (isFirst || isSecond || isThis)) pairs.add(folded.slice(first, at));
    [first, second] = [second, at];
    [isFirst, isSecond] = [isSecond, isThis];
    at += code > maximumUnit ? 2 : 1;
  }
  if (first >= 0 && (isFirst || isSecond)) pairs.add(folded.slice(first));
  return pairs;
}

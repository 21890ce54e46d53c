import type { TokenWriter } from './token-writer.ts';

// Longer runs of letters are no words but codes; they are indexed in overlapping parts, so that any
// `longestWholeWord` letters in a row lies in one of them.
const longestWord = 32;
const step = 16;
/** A run longer than this may be spread over several words. */
export const longestWholeWord = longestWord - step + 1;

/** The runs of the letters a to z in a folded text. */
export function letterRuns(folded: string): readonly string[] {
  return folded.match(/[a-z]+/g) ?? [];
}

/** Whether a run is a word as it is. */
export function isWord(run: string): boolean {
  return run.length <= longestWord;
}

/** Where the runs of letters of a text lie. */
export interface WordSpans {
  /** The start of each run and, behind it, its end. */
  readonly bounds: Int32Array;
  /** How many runs there are; what comes behind them is of another text. */
  readonly count: number;
}

/** Finds the runs of letters of texts, in memory that is used again for each. */
export class WordFinder {
  #bounds = new Int32Array(1024);

  /** The runs of letters of a folded text with these character codes. They are overwritten by the next call. */
  find(codes: Uint8Array): WordSpans {
    // Between two runs there is something else.
    if (this.#bounds.length < codes.length + 2) this.#bounds = new Int32Array(2 * codes.length + 2);
    const bounds = this.#bounds;
    const end = codes.length;
    let count = 0;
    for (let at = 0; at < end; at += 1) {
      if (!isLetter(codes[at] ?? 0)) continue;
      bounds[2 * count] = at;
      do at += 1;
      while (at < end && isLetter(codes[at] ?? 0));
      bounds[2 * count + 1] = at;
      count += 1;
    }
    return { bounds, count };
  }
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;

/** The words that stand for the runs of letters of a text, and where their tokens end. */
export function writeWords(codes: Uint8Array, { bounds, count }: WordSpans, writer: TokenWriter): number {
  for (let run = 0; run < count; run += 1) {
    const start = bounds[2 * run] ?? 0;
    const end = bounds[2 * run + 1] ?? 0;
    let part = start;
    for (; end - part > longestWord; part += step) writer.addBytes(codes, part, part + longestWord);
    // The last part of a long run ends with it.
    writer.addBytes(codes, Math.max(start, end - longestWord), end);
  }
  return writer.length;
}

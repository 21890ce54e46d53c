import type { TokenWriter } from './token-writer.ts';

// Longer runs of letters are no words but codes; they are kept in overlapping parts, so that any piece of
// `longestWholeWord` letters lies in one of them.
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

/** Where the runs of letters of a text lie: each begins at an even place, and its end follows. */
export interface WordSpans {
  readonly places: Int32Array;
  /** How many runs there are; what comes behind them is of another text. */
  readonly count: number;
}

// One for all texts: the runs of the last one that was asked for.
let places = new Int32Array(1024);

/** The runs of letters of a folded text, whose character codes these are. They are overwritten by the next call. */
export function findWords(codes: Uint8Array): WordSpans {
  // Between two runs there is something else.
  if (places.length < codes.length + 2) places = new Int32Array(2 * codes.length + 2);
  const found = places;
  const end = codes.length;
  let count = 0;
  for (let at = 0; at < end; at += 1) {
    if (!isLetter(codes[at] ?? 0)) continue;
    found[2 * count] = at;
    do at += 1;
    while (at < end && isLetter(codes[at] ?? 0));
    found[2 * count + 1] = at;
    count += 1;
  }
  return { places: found, count };
}

const isLetter = (code: number): boolean => code >= 97 && code <= 122;

/** The words that stand for the runs of letters of a text, and where their tokens end. */
export function writeWords(
  codes: Uint8Array,
  { places: runs, count }: WordSpans,
  writer: TokenWriter,
): number {
  for (let run = 0; run < count; run += 1) {
    const start = runs[2 * run] ?? 0;
    const end = runs[2 * run + 1] ?? 0;
    let part = start;
    for (; end - part > longestWord; part += step) writer.addBytes(codes, part, part + longestWord);
    // The last part of a long run ends with it.
    writer.addBytes(codes, Math.max(start, end - longestWord), end);
  }
  return writer.length;
}

// Longer runs of letters are no words but codes; they are kept in overlapping parts, so that any piece of
// `wholePiece` letters lies in one of them.
const longestWord = 32;
const step = 16;
/** A run longer than this may be spread over several words. */
export const wholePiece = longestWord - step + 1;

/** The runs of the letters a to z in a folded text. */
export function letterRuns(folded: string): readonly string[] {
  return folded.match(/[a-z]+/g) ?? [];
}

/** Whether a run is a word as it is. */
export function isWord(run: string): boolean {
  return run.length <= longestWord;
}

/** The words that stand for runs of letters. The last part of a long run ends with it. */
export function wordsOf(runs: readonly string[]): readonly string[] {
  return runs.every(isWord) ? runs : runs.flatMap((run) => (isWord(run) ? run : partsOf(run)));
}

function partsOf(run: string): string[] {
  const parts: string[] = [];
  for (let start = 0; start + longestWord < run.length; start += step) {
    parts.push(run.slice(start, start + longestWord));
  }
  return [...parts, run.slice(-longestWord)];
}

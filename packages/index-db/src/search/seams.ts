const isLetter = (code: number): boolean => code >= 97 && code <= 122;
const isDigit = (code: number): boolean => code >= 48 && code <= 57;

// Stands before the number of a seam; no other token begins with it, since folded texts have no control characters.
export const seamMark = '\x80';
// So many that a text holds few of them, so few that a list of texts stays small.
const numbers = 16_384;
const tokens = Array.from({ length: numbers }, (_, number) => seamMark + number.toString(36));
const longestSeparator = 3;

// In which turn each number was met last: cheaper than a set for each text.
const metIn = new Uint32Array(numbers);
let turn = 0;

function numberOf(folded: string, start: number, end: number): number {
  let hash = 5381;
  for (let index = start; index < end; index += 1) hash = Math.imul(hash, 33) ^ folded.charCodeAt(index);
  return (hash >>> 0) % numbers;
}

/** The seams of a folded text as tokens: two letters, what separates words, and two letters again, as a number. */
export function seams(folded: string): string[] {
  turn += 1;
  const found: string[] = [];
  // Where the last run of letters ended, if it had two and no digit follows it.
  let runEnd = -1;
  let runLength = 0;
  for (let index = 0; index < folded.length; index += 1) {
    const code = folded.charCodeAt(index);
    if (!isLetter(code)) {
      if (runLength >= 2) runEnd = index;
      else if (runLength === 1) runEnd = -1;
      if (isDigit(code)) runEnd = -1;
      runLength = 0;
      continue;
    }
    runLength += 1;
    if (runLength !== 2 || runEnd === -1 || index - 1 - runEnd > longestSeparator) continue;
    const number = numberOf(folded, runEnd - 2, index + 1);
    if (metIn[number] === turn) continue;
    metIn[number] = turn;
    found.push(tokens[number] ?? '');
  }
  return found;
}

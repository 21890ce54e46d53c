import { asciiAt } from '../text/decode-text.ts';

/** Where a directory says that a value lies; its bytes as far as the block has them. */
export interface ValuePlace {
  readonly tag: number;
  readonly type: number;
  readonly start: number;
  readonly length: number;
}

const ascii = 2;
const userComment = 0x9286;
const labels: ReadonlySet<string> = new Set(['UNICODE\0', 'ASCII\0\0\0']);
/** Shorter runs of bytes are numbers of a directory rather than a text. */
const shortestText = 8;
/** Generators write a handful of texts; a block with more of them is not worth a search. */
const maximumPlaces = 64;
const maximumRuns = 4_096;

/**
 * The texts of a block whose offsets are those of an earlier version of it: a tool that makes one text shorter and leaves
 * the offsets as they were has all texts behind it point past their beginning. Texts end with a NUL, so that each is
 * found whole around the place that its entry names, or next to it. Undefined where all entries lie as they should.
 */
export function strayValues(
  block: Uint8Array,
  places: readonly ValuePlace[],
): ReadonlyMap<ValuePlace, Uint8Array> | undefined {
  if (places.length > maximumPlaces || !places.some((place) => isStray(block, place))) return undefined;
  const texts = places.filter(({ type }) => type === ascii).sort((one, other) => one.start - other.start);
  const aligned = new Set(texts.filter((place) => isAligned(block, place, places)));
  const runs = textRuns(block, new Set([...aligned].map(({ start }) => start)));
  const taken = new Set([...aligned].map(({ start }) => start));
  const found = new Map<ValuePlace, Uint8Array>();
  for (const place of texts) {
    const run = aligned.has(place)
      ? runs.find(({ start }) => start === place.start)
      : nearestRun(runs, place.start, taken);
    if (run === undefined) continue;
    taken.add(run.start);
    found.set(place, block.subarray(run.start, run.end));
  }
  for (const place of places) {
    const comment = place.tag === userComment ? labelledComment(block, place) : undefined;
    if (comment !== undefined) found.set(place, comment);
  }
  return found;
}

/** Past the end of the block, or into the next text without its end: only a stale entry leads there. */
function isStray(block: Uint8Array, { tag, type, start, length }: ValuePlace): boolean {
  if (type !== ascii && tag !== userComment) return false;
  if (start + length > block.length) return true;
  if (type !== ascii || block[start + length - 1] === 0) return false;
  let first = start;
  while (block[first] === 0) first += 1;
  const nul = block.indexOf(0, first);
  return nul >= 0 && nul < start + length;
}

/** Whether a text may begin where its entry says: behind a NUL, or behind a value that has none at its end. */
function isAligned(block: Uint8Array, { start }: ValuePlace, places: readonly ValuePlace[]): boolean {
  if (start >= block.length) return false;
  if (block[start - 1] === 0) return true;
  return places.some((other) => {
    const end = other.start + other.length;
    return end === start && !block.subarray(other.start, end).includes(0);
  });
}

interface Run {
  readonly start: number;
  readonly end: number;
}

/** Runs of bytes between NULs, cut where a text is known to begin. */
function textRuns(block: Uint8Array, starts: ReadonlySet<number>): Run[] {
  const runs: Run[] = [];
  for (let at = 8; at < block.length && runs.length < maximumRuns;) {
    let end = at;
    while (end < block.length && block[end] !== 0 && (end === at || !starts.has(end))) end += 1;
    if (end - at >= shortestText) runs.push({ start: at, end });
    at = block[end] === 0 ? end + 1 : end;
  }
  return runs;
}

/** The run that the place lies in; where another text has that, the next one, and past the last the last. */
function nearestRun(runs: readonly Run[], place: number, taken: ReadonlySet<number>): Run | undefined {
  const free = runs.filter(({ start }) => !taken.has(start));
  return free.find(({ end }) => end > place) ?? free.at(-1);
}

/** The comment by its label, where its entry leads past the end of the block. */
function labelledComment(block: Uint8Array, { start, length }: ValuePlace): Uint8Array | undefined {
  if (start + length <= block.length || isLabel(block, start)) return undefined;
  for (let at = Math.min(start, block.length) - 1; at >= 8; at -= 1) {
    if (isLabel(block, at)) return block.subarray(at, Math.min(at + length, block.length));
  }
  return undefined;
}

function isLabel(block: Uint8Array, at: number): boolean {
  const first = block[at];
  return (first === 0x55 || first === 0x41) && labels.has(asciiAt(block, at, 8));
}

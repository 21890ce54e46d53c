export interface DiffPart {
  readonly text: string;
  /** `left` occurs only in the first text, `right` only in the second. */
  readonly side: 'both' | 'left' | 'right';
}

/** Bounds time and memory, which grow with the square: texts with more differences count as entirely different. */
const MAX_DIFFERENCES = 400;

/** Matches words, single characters of scripts without spaces, whitespace, and single punctuation marks. */
const words = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]|[\p{L}\p{N}\p{M}_'’.]+|\s+|./gsu;

/** The shortest edit script between two texts, by words (Myers, "An O(ND) difference algorithm"). */
export function diffWords(left: string, right: string): DiffPart[] {
  const a = left.match(words) ?? [];
  const b = right.match(words) ?? [];
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
  let end = 0;
  while (
    end < a.length - start &&
    end < b.length - start &&
    a[a.length - 1 - end] === b[b.length - 1 - end]
  ) {
    end += 1;
  }
  const parts: DiffPart[] = [];
  const add = (text: string, side: DiffPart['side']) => {
    const last = parts.at(-1);
    if (text === '') return;
    if (last?.side === side) parts[parts.length - 1] = { text: last.text + text, side };
    else parts.push({ text, side });
  };
  add(a.slice(0, start).join(''), 'both');
  for (const { text, side } of middleParts(a.slice(start, a.length - end), b.slice(start, b.length - end))) {
    add(text, side);
  }
  add(a.slice(a.length - end).join(''), 'both');
  return parts;
}

function middleParts(a: readonly string[], b: readonly string[]): DiffPart[] {
  const trace = shortestEdit(a, b);
  if (trace === undefined) {
    return [
      { text: a.join(''), side: 'left' },
      { text: b.join(''), side: 'right' },
    ];
  }
  const parts: DiffPart[] = [];
  let [x, y] = [a.length, b.length];
  for (let d = trace.length - 1; d >= 0; d -= 1) {
    const furthest = trace[d] ?? new Map<number, number>();
    const k = x - y;
    const isDown = k === -d || (k !== d && (furthest.get(k - 1) ?? -1) < (furthest.get(k + 1) ?? -1));
    const before = isDown ? k + 1 : k - 1;
    const beforeX = d === 0 ? 0 : (furthest.get(before) ?? 0);
    const beforeY = d === 0 ? 0 : beforeX - before;
    while (x > beforeX && y > beforeY) {
      x -= 1;
      y -= 1;
      parts.push({ text: a[x] ?? '', side: 'both' });
    }
    if (d === 0) break;
    if (isDown) parts.push({ text: b[beforeY] ?? '', side: 'right' });
    else parts.push({ text: a[beforeX] ?? '', side: 'left' });
    [x, y] = [beforeX, beforeY];
  }
  return parts.reverse();
}

/** The furthest point of each diagonal before each edit; undefined if there are too many edits. */
function shortestEdit(a: readonly string[], b: readonly string[]): Map<number, number>[] | undefined {
  const trace: Map<number, number>[] = [];
  const furthest = new Map<number, number>([[1, 0]]);
  for (let d = 0; d <= Math.min(a.length + b.length, MAX_DIFFERENCES); d += 1) {
    trace.push(new Map(furthest));
    for (let k = -d; k <= d; k += 2) {
      const [below, above] = [furthest.get(k - 1) ?? -1, furthest.get(k + 1) ?? -1];
      let x = k === -d || (k !== d && below < above) ? above : below + 1;
      while (x < a.length && x - k < b.length && a[x] === b[x - k]) x += 1;
      furthest.set(k, x);
      if (x >= a.length && x - k >= b.length) return trace;
    }
  }
  return undefined;
}

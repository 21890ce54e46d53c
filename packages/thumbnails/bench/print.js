/** @param {string} line */
export function print(line) {
  process.stdout.write(`${line}\n`);
}

/** The middle one of some numbers: a disturbance by other programs moves it least.
 * @param {readonly number[]} values */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

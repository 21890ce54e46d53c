export function print(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** The middle one of some numbers: a disturbance by other programs moves it least. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

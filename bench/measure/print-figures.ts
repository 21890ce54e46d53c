/** One line of figures: what was measured, its value, and beside it what it is to be compared with. */
export type Figure = readonly [what: string, value: string, note?: string];

/** Prints figures as aligned columns under a heading. */
export function printFigures(heading: string, figures: readonly Figure[]): void {
  const whatWidth = Math.max(...figures.map(([what]) => what.length));
  const valueWidth = Math.max(...figures.map(([, value]) => value.length));
  console.log(`\n${heading}`);
  for (const [what, value, note = ''] of figures) {
    console.log(`  ${what.padEnd(whatWidth)}  ${value.padStart(valueWidth)}  ${note}`.trimEnd());
  }
}

/** Seconds with two decimals. */
export function seconds(milliseconds: number): string {
  return `${(milliseconds / 1_000).toFixed(2)} s`;
}

/** Milliseconds with one decimal. */
export function millis(milliseconds: number): string {
  return `${milliseconds.toFixed(1)} ms`;
}

/** Whole units per second. */
export function perSecond(count: number, milliseconds: number): string {
  return `${Math.round(count / (milliseconds / 1_000)).toLocaleString('en')}/s`;
}

/** Megabytes of a million bytes. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e6)} MB`;
}

/* oxlint-disable no-console -- a benchmark prints its figures */
/** Times of one question asked many times, in milliseconds. */
export interface Measured {
  readonly p50: number;
  readonly p99: number;
  readonly worst: number;
}

export async function measure(times: number, ask: (turn: number) => Promise<unknown>): Promise<Measured> {
  const taken: number[] = [];
  for (let turn = 0; turn < times; turn += 1) {
    const start = performance.now();
    await ask(turn);
    taken.push(performance.now() - start);
  }
  taken.sort((a, b) => a - b);
  const at = (part: number): number =>
    taken[Math.min(taken.length - 1, Math.floor(taken.length * part))] ?? 0;
  return { p50: at(0.5), p99: at(0.99), worst: taken.at(-1) ?? 0 };
}

export function print(name: string, { p50, p99, worst }: Measured, goal = ''): void {
  const column = (value: number): string => value.toFixed(2).padStart(9);
  console.log(`${name.padEnd(44)}${column(p50)}${column(p99)}${column(worst)}  ${goal}`);
}

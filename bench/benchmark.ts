import type { ParseArgsConfig } from 'node:util';

/** Values of the command line, already split by the options that the benchmark declares. */
export type BenchmarkValues = Readonly<Record<string, string | boolean | undefined>>;

/** One entry of the bench: `npm run bench -- <name> --option value`. */
export interface Benchmark {
  readonly name: string;
  readonly summary: string;
  readonly options: NonNullable<ParseArgsConfig['options']>;
  run(values: BenchmarkValues): Promise<void>;
}

/** The whole number given for an option, or the default; throws a RangeError naming the option otherwise. */
export function wholeNumber(values: BenchmarkValues, option: string, byDefault: number): number {
  const given = values[option];
  if (given === undefined) return byDefault;
  const number = Number(given);
  if (!Number.isSafeInteger(number) || number < 1) {
    throw new RangeError(`--${option} must be a whole number from 1 up, not ${String(given)}`);
  }
  return number;
}

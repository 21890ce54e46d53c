import { text } from '../ports/text.ts';
import { MAX_WHOLE } from './option-checks.ts';
import { UsageError } from './usage-error.ts';

// What the program makes of what is written for an option. Each throws a `UsageError` with the name of flag or variable.

export function portNumber(written: string, name: string): number {
  const port = Number(written);
  if (/^\d{1,5}$/.test(written) && port <= 65_535) return port;
  const shown = JSON.stringify(written);
  throw new UsageError(
    text(
      `option ${name} must be a number from 0 to 65535, not ${shown}`,
      `选项 ${name} 应为 0 到 65535 的数字，而不是 ${shown}`,
    ),
  );
}

export function count(written: string, name: string): number {
  if (/^\d{1,4}$/.test(written)) return Number(written);
  const shown = JSON.stringify(written);
  throw new UsageError(
    text(
      `${name} must be a number from 0 to 9999, not ${shown}`,
      `${name} 应为 0 到 9999 的数字，而不是 ${shown}`,
    ),
  );
}

export function wholeNumberAbove0(written: string, name: string): number {
  return wholeNumberFrom(1, written, name);
}

export function wholeNumberOr0(written: string, name: string): number {
  return wholeNumberFrom(0, written, name);
}

function wholeNumberFrom(least: 0 | 1, written: string, name: string): number {
  const value = /^\d{1,10}$/.test(written) ? Number(written) : -1;
  if (value >= least && value <= MAX_WHOLE) return value;
  const shown = JSON.stringify(written);
  throw new UsageError(
    text(
      `option ${name} must be a whole number from ${least} to ${MAX_WHOLE}, not ${shown}`,
      `选项 ${name} 应为 ${least} 到 ${MAX_WHOLE} 的整数，而不是 ${shown}`,
    ),
  );
}

export interface Box {
  readonly width: number;
  readonly height: number;
}

/** Longest side of a thumbnail box in pixels. */
const MAX_BOX = 4096;

export function box(written: string, name: string): Box {
  const [, width = 0, height = 0] = /^(\d{1,4})x(\d{1,4})$/i.exec(written)?.map(Number) ?? [];
  if (width >= 1 && width <= MAX_BOX && height >= 1 && height <= MAX_BOX) return { width, height };
  const shown = JSON.stringify(written);
  throw new UsageError(
    text(
      `option ${name} must be WIDTHxHEIGHT, each 1 to ${MAX_BOX}, not ${shown}`,
      `选项 ${name} 应为 宽x高，各为 1 到 ${MAX_BOX}，而不是 ${shown}`,
    ),
  );
}

/** An empty name would be the working folder, which nobody means. */
export function folders(written: readonly string[], name: string): readonly string[] {
  if (written.every((folder) => folder.trim() !== '')) return written;
  throw new UsageError(text(`${name} has an empty name`, `${name} 中有空的名称`));
}

export function commaSeparated(written: string): readonly string[] {
  return written
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

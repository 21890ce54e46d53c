import { splitName } from '../files/path-parts.ts';

/**
 * A name made of a pattern: `{name}` is the old name without extension, `{n}` a number, `{n:4}` one with zeros before
 * it. The extension stays.
 */
export function applyPattern(pattern: string, oldName: string, number: number): string {
  const { stem, extension } = splitName(oldName);
  const filled = pattern.replaceAll(/\{(name|n)(?::(\d{1,2}))?\}/g, (_, part: string, digits?: string) =>
    part === 'name' ? stem : String(number).padStart(Number(digits ?? 1), '0'),
  );
  return filled + extension;
}

/** What makes a pattern useless, as a key of a text; undefined for a good one. */
export function patternProblem(pattern: string): 'empty' | 'same' | 'slash' | undefined {
  if (pattern.trim() === '') return 'empty';
  if (/[/\\]/.test(pattern)) return 'slash';
  return /\{(?:n|name)(?::\d{1,2})?\}/.test(pattern) ? undefined : 'same';
}

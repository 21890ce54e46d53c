import { splitName } from '../files/path-parts.ts';

/**
 * Makes a file name from a pattern: `{name}` stands for the old name without extension, `{n}` for the number, `{n:4}`
 * for the number padded to four digits. The extension stays.
 */
export function applyPattern(pattern: string, oldName: string, number: number): string {
  const { stem, extension } = splitName(oldName);
  const filled = pattern.replaceAll(/\{(name|n)(?::(\d{1,2}))?\}/g, (_, part: string, digits?: string) =>
    part === 'name' ? stem : String(number).padStart(Number(digits ?? 1), '0'),
  );
  return filled + extension;
}

/** Why a pattern cannot be used: `same` would give all files one name. Undefined for a valid pattern. */
export function patternProblem(pattern: string): 'empty' | 'same' | 'slash' | undefined {
  if (pattern.trim() === '') return 'empty';
  if (/[/\\]/.test(pattern)) return 'slash';
  return /\{(?:n|name)(?::\d{1,2})?\}/.test(pattern) ? undefined : 'same';
}

import { createHash } from 'node:crypto';

export const pathDigits = 24;
export const stampDigits = 16;

/** A file as it is on the disk at one moment. */
interface FileState {
  readonly realPath: string;
  readonly mtimeMs: number;
  readonly size: number;
}

/** What the names of all entries of a file begin with, whatever its content was. */
export const pathDigest = (realPath: string): string => digest([realPath], pathDigits);

/** What the names of all entries of a file with its present content begin with. */
export function fileDigest({ realPath, mtimeMs, size }: FileState): string {
  return `${pathDigest(realPath)}${digest([mtimeMs, size], stampDigits)}`;
}

/** The first `digits` hexadecimal digits of what tells these parts from all others. */
export function digest(parts: readonly (string | number)[], digits: number): string {
  // NUL cannot be in a path, so that no two lists of parts give the same text.
  return createHash('sha256').update(parts.join('\0')).digest('hex').slice(0, digits);
}

import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';

import type { TrashNotices } from './trim-trash.ts';

/** What was announced; nothing where it cannot be read: then it is announced again. */
export async function readNotices(file: string): Promise<TrashNotices> {
  try {
    const value: unknown = JSON.parse(await readFile(file, 'utf8'));
    if (typeof value !== 'object' || value === null) return {};
    return Object.fromEntries(
      Object.entries(value).filter((entry): entry is [string, number] => typeof entry[1] === 'number'),
    );
  } catch {
    return {};
  }
}

export async function writeNotices(file: string, notices: TrashNotices): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.new`, JSON.stringify(notices), { flush: true });
  await rename(`${file}.new`, file);
}

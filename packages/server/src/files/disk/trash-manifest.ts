import path from 'node:path';

import { z } from 'zod';

/** Largest manifest that is read, in bytes: paths of the most entries that one request can delete, and more. */
export const MAX_MANIFEST_BYTES = 64 * 1024 * 1024;

/** An entry of a batch as its manifest tells it. */
export interface TrashedEntry {
  readonly path: string;
  readonly type: 'file' | 'dir';
  readonly bytes: number;
  /** Names of the sidecars that went along. */
  readonly sidecars: readonly string[];
}

export interface TrashManifest {
  /** Unix seconds. */
  readonly deletedTime: number;
  readonly entries: readonly TrashedEntry[];
}

const isName = (name: string): boolean =>
  name !== '' && name !== '.' && name !== '..' && name === path.basename(name) && !/[/\0]/.test(name);

const isNormalAbsolute = (value: string): boolean =>
  path.isAbsolute(value) && path.resolve(value) === value && isName(path.basename(value));

/** A trash lies in the library, where anybody may have written it. */
const manifest = z.object({
  version: z.literal(1),
  deletedTime: z.number().nonnegative(),
  entries: z.array(
    z.object({
      path: z.string().refine(isNormalAbsolute),
      type: z.enum(['file', 'dir']),
      bytes: z.number().nonnegative(),
      sidecars: z.array(z.string().refine(isName)),
    }),
  ),
});

/** Undefined for what is no manifest. */
export function parseManifest(bytes: Buffer): TrashManifest | undefined {
  try {
    return manifest.safeParse(JSON.parse(bytes.toString())).data;
  } catch {
    return undefined;
  }
}

export function manifestText({ deletedTime, entries }: TrashManifest): string {
  return JSON.stringify({ version: 1, deletedTime, entries });
}

import { readdir, rmdir, unlink } from 'node:fs/promises';
import path from 'node:path';

import { errorCode } from '../../ports/error-code.ts';
import { lookAt } from './disk-state.ts';

/** Removes the source of a finished copy. What was put into it or changed since then stays. */
export async function removeCopied(source: string, copy: string): Promise<void> {
  const [original, copied] = await Promise.all([lookAt(source), lookAt(copy)]);
  if (original === undefined || copied === undefined) return;
  if (!original.isDirectory()) {
    if (!copied.isDirectory() && (original.isSymbolicLink() || original.size === copied.size))
      await unlink(source);
    return;
  }
  for (const name of await readdir(source))
    await removeCopied(path.join(source, name), path.join(copy, name));
  await rmdir(source).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  });
}

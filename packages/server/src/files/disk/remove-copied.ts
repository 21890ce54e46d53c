import { rmdir, unlink } from 'node:fs/promises';

import { errorCode } from '../../ports/error-code.ts';
import { lookAt } from './disk-state.ts';
import { at, childPlace, type HeldPlace } from './held-place.ts';

/** Removes the source of a finished copy. What was put into it or changed since then stays. */
export async function removeCopied(source: HeldPlace, copy: HeldPlace): Promise<void> {
  const [original, copied] = await Promise.all([lookAt(at(source)), lookAt(at(copy))]);
  if (original === undefined || copied === undefined) return;
  if (!original.isDirectory()) {
    if (!copied.isDirectory() && (original.isSymbolicLink() || original.size === copied.size))
      await unlink(at(source));
    return;
  }
  if (copied.isDirectory()) await removeCopiedIn(source, copy);
  await rmdir(at(source)).catch((error: unknown) => {
    if (errorCode(error) !== 'ENOTEMPTY' && errorCode(error) !== 'EEXIST') throw error;
  });
}

async function removeCopiedIn(source: HeldPlace, copy: HeldPlace): Promise<void> {
  const originals = await source.folder.enter(source.name);
  try {
    const copies = await copy.folder.enter(copy.name);
    try {
      for (const name of await originals.names()) {
        await removeCopied(childPlace(originals, source, name), childPlace(copies, copy, name));
      }
    } finally {
      copies.close();
    }
  } finally {
    originals.close();
  }
}

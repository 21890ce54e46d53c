import { holdFolder } from '@iib-kit/files';

/** Everything in a folder, by its names as the index spells them. Throws what the file system throws. */
export async function namesIn(folder: string): Promise<string[]> {
  const held = await holdFolder(folder, { followLink: true });
  try {
    return await held.names();
  } finally {
    held.close();
  }
}

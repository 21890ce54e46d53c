import { rename } from 'node:fs/promises';

/** Renames a file of ours that cannot be read, so that nothing looks at it again and its owner can. Gives its path. */
export async function putAside(file: string): Promise<string> {
  const aside = `${file}.damaged`;
  await rename(file, aside);
  return aside;
}

import { readdirSync } from 'node:fs';
import { join } from 'node:path';

/** The first so many images below a folder. */
export function libraryImages(folder: string, count: number): readonly string[] {
  const found: string[] = [];
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (found.length >= count) break;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) found.push(...libraryImages(path, count - found.length));
    else if (/\.(?:png|jpg|webp)$/.test(entry.name)) found.push(path);
  }
  return found;
}

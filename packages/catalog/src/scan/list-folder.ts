import { isDoubtful, spellPath, systemPath } from '../text/system-path.ts';
import { readdirSync } from 'node:fs';

/** What is in a folder, by its name as the index spells it. */
export interface FolderEntry {
  readonly name: string;
  isDirectory(): boolean;
  isSymbolicLink(): boolean;
}

/** Everything in a folder, by name. Throws what the file system throws. */
export function listFolder(path: string): readonly FolderEntry[] {
  const entries: readonly FolderEntry[] = readdirSync(systemPath(path), { withFileTypes: true });
  const spelled = entries.some(({ name }) => isDoubtful(name)) ? listBytes(path) : entries;
  return spelled.toSorted((a, b) => (a.name < b.name ? -1 : 1));
}

function listBytes(path: string): readonly FolderEntry[] {
  return readdirSync(systemPath(path), { withFileTypes: true, encoding: 'buffer' }).map((entry) => ({
    name: spellPath(entry.name),
    isDirectory: () => entry.isDirectory(),
    isSymbolicLink: () => entry.isSymbolicLink(),
  }));
}

import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const root = fileURLToPath(new URL('../..', import.meta.url));

/** A Markdown file of the repository. */
export interface Document {
  /** Path from the root, with `/`. */
  readonly name: string;
  readonly text: string;
}

const notOurs = new Set(['node_modules', 'dist', '.git', '.types']);
/** Notes of the changes to come, records of releases, which tell of their time, and what is made from the types. */
const notForReaders = (name: string) =>
  name.startsWith('.changeset/') ||
  name.endsWith('CHANGELOG.md') ||
  name.startsWith('etc/') ||
  name.startsWith('docs/reference/');

/** Every Markdown file that readers of the repository meet. */
export function allDocuments(): readonly Document[] {
  return markdownIn('')
    .filter((name) => !notForReaders(name))
    .map((name) => ({ name, text: readFileSync(path.join(root, name), 'utf8') }));
}

export function documentNamed(name: string): Document {
  return { name, text: readFileSync(path.join(root, name), 'utf8') };
}

function markdownIn(folder: string): string[] {
  return readdirSync(path.join(root, folder), { withFileTypes: true })
    .filter((entry) => !notOurs.has(entry.name))
    .flatMap((entry) => {
      const name = folder === '' ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) return markdownIn(name);
      return entry.isFile() && name.endsWith('.md') ? [name] : [];
    })
    .sort();
}

import { mkdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { openIndex, type OpenIndexOptions, type SqliteIndex } from '@iib-kit/index-db';
import { onTestFinished } from 'vitest';
import { buildPng } from '@iib-kit/catalog/conformance';

const describer = new URL('./plain-describer.js', import.meta.url);

let libraries = 0;

/** A folder of pictures and a place for a database, gone when the test is over. */
export function temporaryLibrary() {
  // Digits alone: searches look at paths too, and letters by chance would be found.
  libraries += 1;
  const base = join(tmpdir(), `index-db-${process.pid}-${Date.now()}-${libraries}`);
  mkdirSync(base);
  onTestFinished(() => rmSync(base, { recursive: true, force: true }));
  const root = join(base, 'library');
  mkdirSync(root);
  return {
    base,
    root,
    databasePath: join(base, 'iib.db'),
    at: (name: string): string => join(root, name),
    /** Writes a picture; `time` is its modification time in Unix seconds. */
    picture(name: string, infotext: string, time = 1_700_000_000, shade = 0): string {
      const path = join(root, name);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, buildPng(infotext, { shade }));
      utimesSync(path, time, time);
      return path;
    },
    /** Opens the index over this library; closed when the test is over. */
    async open(options: Partial<OpenIndexOptions> = {}): Promise<SqliteIndex> {
      const index = await openIndex({ path: join(base, 'iib.db'), readers: 1, describer, ...options });
      onTestFinished(() => index.close());
      return index;
    },
  };
}

/** The last part of each result's path. */
export function names(page: { readonly items: readonly { readonly path: string }[] }): string[] {
  return page.items.map(({ path }) => path.slice(path.lastIndexOf('/') + 1));
}

import { type ExtraPath, type ExtraPathType, IndexError } from '@iib-kit/catalog';
import { type ExtraPathRow, parseTypes, toExtraPath } from '../tables/extra-path-row.ts';
import type { WriterStore } from './writer-store.ts';

function typesOf(store: WriterStore, path: string): ExtraPathType[] {
  const text = store.db
    .prepare<[string], string>('SELECT type FROM extra_path WHERE path = ?')
    .pluck()
    .get(path);
  return text === undefined ? [] : parseTypes(text);
}

function saveTypes(store: WriterStore, path: string, types: ReadonlySet<ExtraPathType>): void {
  if (types.size === 0) {
    store.db.prepare('DELETE FROM extra_path WHERE path = ?').run(path);
    return;
  }
  const save = store.db.prepare(
    `INSERT INTO extra_path (path, type, alias) VALUES (?, ?, '') ON CONFLICT (path) DO UPDATE SET type = excluded.type`,
  );
  save.run(path, [...types].join('+'));
}

/** Adds types to those that the path has. */
export function addExtraPath(store: WriterStore, path: string, types: readonly ExtraPathType[]): void {
  store.transaction(() => saveTypes(store, path, new Set([...typesOf(store, path), ...types])));
}

/** Takes types away, and the path with its last one. */
export function removeExtraPath(store: WriterStore, path: string, types: readonly ExtraPathType[]): void {
  store.transaction(() => {
    const left = typesOf(store, path).filter((type) => !types.includes(type));
    saveTypes(store, path, new Set(left));
  });
}

/** Names an extra path. Throws `unknown-path`. */
export function setAlias(store: WriterStore, path: string, alias: string): ExtraPath {
  return store.transaction(() => {
    const row = store.db
      .prepare<[string, string], ExtraPathRow>('UPDATE extra_path SET alias = ? WHERE path = ? RETURNING *')
      .get(alias, path);
    if (row === undefined) {
      throw new IndexError('unknown-path', `Not an extra path: ${path}`, { details: { paths: [path] } });
    }
    return toExtraPath(row);
  });
}

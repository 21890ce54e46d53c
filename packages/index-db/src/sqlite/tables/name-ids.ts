import type { Sqlite } from '../connection/sqlite.ts';
import type { TagName } from '@iib-kit/catalog/scan';

// Enough for the vocabulary of large libraries; beyond it memory matters more than a few look-ups.
const maxRemembered = 50_000;

/** Row ids by name, remembered up to a limit; `find` asks the database and makes the row where it is missing. */
class RememberedIds {
  readonly #ids = new Map<string, number>();

  get(key: string, find: () => number): number {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = find();
    if (this.#ids.size >= maxRemembered) this.#ids.clear();
    this.#ids.set(key, id);
    return id;
  }

  clear(): void {
    this.#ids.clear();
  }
}

/** Gives the ids of tags and folders, making those that do not exist yet. */
export function createNameIds(db: Sqlite) {
  const findTag = db
    .prepare<[string, string], number>('SELECT id FROM tag WHERE name = ? AND type = ?')
    .pluck();
  const addTag = db.prepare(`INSERT INTO tag (name, score, type, count, color) VALUES (?, 0, ?, 0, '')`);
  const findFolder = db.prepare<[string], number>('SELECT min(id) FROM folders WHERE path = ?').pluck();
  const addFolder = db.prepare('INSERT INTO folders (path) VALUES (?)');
  const tags = new RememberedIds();
  const folders = new RememberedIds();
  return {
    tag: ({ type, name }: TagName): number =>
      tags.get(
        `${type}\0${name}`,
        () => findTag.get(name, type) ?? Number(addTag.run(name, type).lastInsertRowid),
      ),
    folder: (path: string): number =>
      folders.get(path, () => findFolder.get(path) ?? Number(addFolder.run(path).lastInsertRowid)),
    /** Forgets everything; to be called where another program may have written. */
    clear(): void {
      tags.clear();
      folders.clear();
    },
  };
}
export type NameIds = ReturnType<typeof createNameIds>;

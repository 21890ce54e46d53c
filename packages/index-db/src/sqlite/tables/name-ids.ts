import type { Sqlite } from '../connection/sqlite.ts';
import type { TagName } from '@iib-kit/catalog/scan';
import { networkKey, networkTagTypes } from '@iib-kit/catalog/text';

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

const isNetwork = (type: string): boolean => networkTagTypes.some((known) => known === type);

/** Finds the tags of networks however their names are spelled; the first that was made counts. */
function createNetworkTags(db: Sqlite) {
  const tagsOf = db.prepare<[string], { id: number; name: string }>(
    // As the index of tags has it, so that SQLite uses that.
    `SELECT id, name FROM tag WHERE type <> 'pos' AND type = ? ORDER BY id DESC`,
  );
  const known = new Map<string, Map<string, number>>();
  const idsOf = (type: string): Map<string, number> => {
    let ids = known.get(type);
    if (ids === undefined) {
      ids = new Map(tagsOf.all(type).map(({ id, name }) => [networkKey(name), id]));
      known.set(type, ids);
    }
    return ids;
  };
  return {
    get: (type: string, name: string, add: () => number): number => {
      const ids = idsOf(type);
      const key = networkKey(name);
      const id = ids.get(key) ?? add();
      ids.set(key, id);
      return id;
    },
    clear: (): void => known.clear(),
  };
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
  const networks = createNetworkTags(db);
  const add = (type: string, name: string) => Number(addTag.run(name, type).lastInsertRowid);
  return {
    tag: ({ type, name }: TagName): number =>
      tags.get(`${type}\0${name}`, () =>
        isNetwork(type)
          ? networks.get(type, name, () => add(type, name))
          : (findTag.get(name, type) ?? add(type, name)),
      ),
    folder: (path: string): number =>
      folders.get(path, () => findFolder.get(path) ?? Number(addFolder.run(path).lastInsertRowid)),
    /** Forgets everything; to be called where another program may have written. */
    clear(): void {
      tags.clear();
      networks.clear();
      folders.clear();
    },
  };
}
export type NameIds = ReturnType<typeof createNameIds>;

import type { SearchQuery } from '@iib-kit/catalog';
import type { WriterStore } from './writer-store.ts';

/** Keeps a search under a name; one of the same name is replaced. */
export function saveSearch(store: WriterStore, name: string, query: SearchQuery): void {
  const save = store.db.prepare(`
    INSERT INTO saved_search (name, query, created) VALUES (?, ?, unixepoch())
    ON CONFLICT (name) DO UPDATE SET query = excluded.query`);
  store.transaction(() => save.run(name, JSON.stringify(query)));
}

export function removeSavedSearch(store: WriterStore, name: string): void {
  store.transaction(() => store.db.prepare('DELETE FROM saved_search WHERE name = ?').run(name));
}

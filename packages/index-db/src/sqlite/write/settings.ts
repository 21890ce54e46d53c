import type { WriterStore } from './writer-store.ts';

/** Stores a setting as JSON text, as IIB does. */
export function setSetting(store: WriterStore, name: string, value: unknown): void {
  const save = store.db.prepare(`
    INSERT INTO global_setting (name, setting_json, created_time, modified_time) VALUES (?, ?, ?, ?)
    ON CONFLICT (name) DO UPDATE SET setting_json = excluded.setting_json, modified_time = excluded.modified_time`);
  const now = new Date().toISOString();
  store.transaction(() => save.run(name, JSON.stringify(value), now, now));
}

export function removeSetting(store: WriterStore, name: string): void {
  store.transaction(() => store.db.prepare('DELETE FROM global_setting WHERE name = ?').run(name));
}

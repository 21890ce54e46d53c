import type { QuerySort } from '@iib-kit/catalog';
import { nameKey } from '@iib-kit/catalog/text';
import type { WriterStore } from './writer-store.ts';

/** Orders whose index is made when they are first asked for: at a million images each costs an update a tenth. */
export const preparedSorts = { name: 'name', largest: 'bytes', smallest: 'bytes' } as const satisfies Partial<
  Record<QuerySort, string>
>;
export type PreparedSort = keyof typeof preparedSorts;

/** Makes the index by which an order is gone along, unless it is there. */
export function prepareOrder(store: WriterStore, sort: PreparedSort): void {
  const column = preparedSorts[sort];
  const { db } = store;
  const isThere = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = ?`).get(`media_info_by_${column}`);
  if (isThere !== undefined) return;
  store.transaction(() => {
    if (column === 'name') fillNames(store);
    db.exec(`CREATE INDEX IF NOT EXISTS media_info_by_${column} ON media_info(${column})`);
  });
}

function fillNames({ db }: WriterStore): void {
  const next = db.prepare<[number], { id: number; path: string }>(
    `SELECT i.id, i.path FROM media_info m JOIN image i ON i.id = m.image_id
     WHERE m.name IS NULL AND m.image_id > ? ORDER BY m.image_id LIMIT 1000`,
  );
  const fill = db.prepare('UPDATE media_info SET name = ? WHERE image_id = ?');
  for (let rows = next.all(0); rows.length > 0; rows = next.all(rows.at(-1)?.id ?? 0)) {
    for (const { id, path } of rows) fill.run(nameKey(path), id);
  }
}

import type { WriterStore } from './writer-store.ts';

const tables = ['search_text', 'search_path', 'search_tags'] as const;
// Pages of the full-text index rewritten in one step: a few milliseconds, so that other writing comes in between.
const pagesPerStep = 300;

/** Merges segments of the full-text index that many small additions left; says whether there is more to do. */
export function mergeSearch({ db }: WriterStore): boolean {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  let isBusy = false;
  for (const table of tables) {
    const before = changes.get() ?? 0;
    db.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${pagesPerStep})`).run();
    // FTS5 tells by its own bookkeeping row alone that there was nothing to merge.
    if ((changes.get() ?? 0) - before >= 2) isBusy = true;
  }
  return isBusy;
}

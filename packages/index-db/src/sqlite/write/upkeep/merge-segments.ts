import type { WriterStore } from '../writer-store.ts';
import type { UpkeepTask } from './upkeep-task.ts';

const tables = ['search_text', 'search_path', 'search_tags'] as const;
type Table = (typeof tables)[number];
// Pages of the full-text index rewritten in one step: a few milliseconds, so that other writing comes in between.
const pagesPerStep = 300;
// Nobody waits for the end, but somebody may for the next slice.
const pagesPerSlice = 64;
/** FTS5's own: so many segments are merged where it is asked, or one of which such a percentage was deleted. */
const usual = { usermerge: 4, deletemerge: 10 };
/** While all documents are moved, so that none is rewritten time and again: 0 is never. */
const whileMoving = { usermerge: 6, deletemerge: 0 };

/** Rewrites some pages; a negative number begins to merge all segments of a table into one. Says whether there was anything. */
function mergePages({ db }: WriterStore, table: Table, pages: number): boolean {
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck();
  const before = changes.get() ?? 0;
  db.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('merge', ${pages})`).run();
  // FTS5 tells by its own bookkeeping row alone that there was nothing to merge.
  return (changes.get() ?? 0) - before >= 2;
}

/** Merges segments of the full-text index that many small additions left; says whether there is more to do. */
export function mergeSegments(store: WriterStore): boolean {
  return tables.filter((table) => mergePages(store, table, pagesPerStep)).length > 0;
}

/** Has segments merged as usual, or as it is best while documents are moved. */
export function setMerging({ db }: WriterStore, isMoving: boolean): void {
  for (const table of tables) {
    for (const [name, value] of Object.entries(isMoving ? whileMoving : usual))
      db.prepare(`INSERT INTO ${table} (${table}, rank) VALUES ('${name}', ${value})`).run();
  }
}

/** Begins to merge all segments of each table into one; the task goes on with it. */
export function mergeAllSegments(store: WriterStore): void {
  for (const table of tables) mergePages(store, table, -pagesPerSlice);
}

/** The same while nobody waits; thoroughly, until one segment of each table is left. */
export function mergeSegmentsTask(store: WriterStore): UpkeepTask {
  // Each is begun once: what is added later is left to the next time.
  const begun = new Set<Table>();
  return {
    name: 'merge-segments',
    runSlice(isThorough) {
      for (const table of tables) {
        const begins = isThorough && !begun.has(table);
        begun.add(table);
        if (mergePages(store, table, begins ? -pagesPerSlice : pagesPerSlice)) return true;
      }
      begun.clear();
      return false;
    },
  };
}

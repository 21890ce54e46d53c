import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { documentStream } from '../src/sqlite/read/search/date-streams.ts';
import { writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';
import { scannedFile } from './helpers/scanned-file.ts';

const newer = 400_000;

/** A database with one image, and in the full-text table so many documents that are newer; all answer `needle`. */
async function fill(): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), 'index-db-seeks-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'iib.db');
  const store = await openWriterStore(path);
  writeBatch(store, { files: [scannedFile('/p/old.png')], failures: [], tags: [] });
  store.db.exec(`
    DELETE FROM search_text WHERE rowid = 1;
    WITH RECURSIVE doc(id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM doc WHERE id <= ${newer})
    INSERT INTO search_text (rowid, tokens) SELECT id, 'needle' FROM doc;
    UPDATE search_run SET last_doc = ${newer + 1}, last_modified = 9, last_image_id = 9;
    PRAGMA wal_checkpoint(TRUNCATE);`);
  store.db.close();
  return path;
}

/** How many reads of files this process made, as Linux counts them. */
const readsSoFar = (): number => Number(/^syscr: (\d+)$/m.exec(readFileSync('/proc/self/io', 'latin1'))?.[1]);

// What is passed can be told from what is sought by the pages that are read, which only Linux counts.
it.runIf(process.platform === 'linux')(
  'a page is sought by its place, whatever answers before it',
  async () => {
    const db = new Database(await fill(), { readonly: true });
    onTestFinished(() => void db.close());
    // Too few for pages to stay between two questions.
    db.pragma('cache_size = 10');
    db.pragma('mmap_size = 0');
    const readsOf = (work: () => void): number => {
      work();
      const before = readsSoFar();
      work();
      return readsSoFar() - before;
    };
    const all = db.prepare(`SELECT count(*) FROM search_text WHERE search_text MATCH '"needle"'`).pluck();
    const allReads = readsOf(() => expect(all.get()).toBe(newer + 1));
    const query = {
      filter: { where: '1', parameters: [] },
      before: { modified: 2, id: 9 },
      prefilter: { table: 'search_text', match: '"needle"', matches: newer },
    } as const;
    const pageReads = readsOf(() =>
      expect(Array.from(documentStream(db, query), (row) => row.path)).toEqual(['/p/old.png']),
    );
    expect(pageReads).toBeLessThan(allReads / 3);
  },
);

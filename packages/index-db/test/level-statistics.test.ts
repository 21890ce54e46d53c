import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { temporaryLibrary } from './helpers/temporary-library.ts';

/** How SQLite follows the order of time past images that a condition leaves out. */
function planOf(path: string): string {
  const db = new Database(path);
  const steps = db
    .prepare<[], { detail: string }>(
      `EXPLAIN QUERY PLAN SELECT i.path FROM media_info m INDEXED BY media_info_by_date
       CROSS JOIN image i ON i.id = m.image_id WHERE i.exif LIKE '%fox%' ORDER BY m.modified DESC, m.image_id DESC`,
    )
    .all();
  db.close();
  return steps.map(({ detail }) => detail).join(', ');
}

it('a search does not read the whole library because SQLite counted its tables at different times', async () => {
  const library = temporaryLibrary();
  for (let number = 0; number < 20; number += 1) library.picture(`${number}.png`, `fox ${number}`, 1, number);
  const index = await library.open();
  await index.update([library.root]);
  await index.close();
  const db = new Database(library.databasePath);
  db.exec(`ANALYZE;
    UPDATE sqlite_stat1 SET stat = '2053 1' WHERE idx = 'sqlite_autoindex_image_1';
    UPDATE sqlite_stat1 SET stat = '7322' || substr(stat, instr(stat, ' ')) WHERE tbl = 'media_info'`);
  db.close();
  expect(planOf(library.databasePath)).toContain('BLOOM FILTER');
  const again = await library.open();
  expect(planOf(library.databasePath)).not.toContain('BLOOM FILTER');
  expect((await again.searchBySubstring({ text: 'fox 7' })).items).toHaveLength(1);
});

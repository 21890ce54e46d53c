import type { Sqlite } from './sqlite.ts';

/**
 * Makes SQLite count as many images as rows of `media_info`, which are one for each. It counts tables one by one, when each
 * has grown tenfold: as long as it takes images for fewer, it builds a Bloom filter of all of them for each search along
 * the order of time, which then reads the whole library. Connections see it that are opened later.
 */
export function levelStatistics(db: Sqlite): void {
  const hasStatistics = db.prepare(`SELECT 1 FROM sqlite_master WHERE name = 'sqlite_stat1'`).get();
  if (hasStatistics === undefined) return;
  const rowsOf = (index: string): number | undefined =>
    db
      .prepare<[string], number>('SELECT CAST(stat AS INTEGER) FROM sqlite_stat1 WHERE idx = ?')
      .pluck()
      .get(index);
  const images = rowsOf('sqlite_autoindex_image_1');
  const known = rowsOf('media_info_by_date');
  if (images === undefined || known === undefined || images === known) return;
  // Indexes of a part of the rows count these alone.
  const level = db.prepare(
    `UPDATE sqlite_stat1 SET stat = ? || substr(stat, instr(stat, ' ')) WHERE tbl = ? AND CAST(stat AS INTEGER) = ?`,
  );
  const most = Math.max(images, known);
  db.transaction(() => {
    level.run(String(most), 'image', images);
    level.run(String(most), 'media_info', known);
  })();
}

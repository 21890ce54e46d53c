import type { Sqlite } from '../connection/sqlite.ts';

/** Sets every tag's count to the number of images that carry it; returns how many were wrong. */
export function recountTags(db: Sqlite): number {
  db.exec(`
    CREATE TEMP TABLE right_count AS
    SELECT tag_id, count(*) AS images FROM image_tag WHERE image_id IN (SELECT id FROM image) GROUP BY tag_id`);
  db.exec('CREATE UNIQUE INDEX temp.right_count_by_tag ON right_count(tag_id)');
  const rightCount = 'coalesce((SELECT images FROM temp.right_count r WHERE r.tag_id = tag.id), 0)';
  const { changes } = db
    .prepare(`UPDATE tag SET count = ${rightCount} WHERE count IS NOT ${rightCount}`)
    .run();
  db.exec('DROP TABLE temp.right_count');
  return changes;
}

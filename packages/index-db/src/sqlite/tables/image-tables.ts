import type { Sqlite } from '../connection/sqlite.ts';

/** Every table that has rows for an image besides `image` itself. */
const imageTables = [
  'image_tag',
  'media_info',
  'image_embedding',
  'image_embedding_fail',
  'embedding',
  'image_mark',
  'auto_tag_hit',
  'perceptual_hash',
] as const;

/** Removes all rows that an image has in other tables. */
export function prepareDetach(db: Sqlite): (imageId: number) => void {
  const removals = imageTables.map((table) => db.prepare(`DELETE FROM ${table} WHERE image_id = ?`));
  return (imageId) => {
    for (const removal of removals) removal.run(imageId);
  };
}

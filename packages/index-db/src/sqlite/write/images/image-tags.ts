import type { Sqlite } from '../../connection/sqlite.ts';
import type { TagCounts } from '../../tables/tag-counts.ts';

/** The tags of images, with their counts. */
export function createImageTags(db: Sqlite, counts: TagCounts) {
  // One statement for all, since the way into SQLite costs as much as a row of this size.
  const addAll = db.prepare('INSERT INTO image_tag (image_id, tag_id) SELECT ?, value FROM json_each(?)');
  const add = db.prepare('INSERT OR IGNORE INTO image_tag (image_id, tag_id) VALUES (?, ?)');
  const addOfUser = db.prepare(
    'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)',
  );
  const drop = db.prepare('DELETE FROM image_tag WHERE image_id = ? AND tag_id = ?');
  const rowsOf = db.prepare<[number], { id: number; type: string | null }>(
    'SELECT t.tag_id AS id, g.type FROM image_tag t LEFT JOIN tag g ON g.id = t.tag_id WHERE t.image_id = ?',
  );

  function addMissing(imageId: number, tagIds: Iterable<number>, insert = add): number[] {
    const added: number[] = [];
    for (const tagId of tagIds) {
      if (insert.run(imageId, tagId).changes === 0) continue;
      added.push(tagId);
      counts.change(tagId, 1);
    }
    return added;
  }

  return {
    idsOf: (imageId: number): number[] => rowsOf.all(imageId).map(({ id }) => id),

    /** Gives tags to an image that has none yet. */
    addFirst(imageId: number, tagIds: readonly number[]): void {
      // In the order of the table SQLite need not look for the position of each.
      const ordered = [...tagIds].sort((a, b) => a - b);
      addAll.run(imageId, `[${ordered.join(',')}]`);
      for (const id of tagIds) counts.change(id, 1);
    },

    /** Gives an image tags of its user; returns those that it did not have. */
    addCustom(imageId: number, tagIds: readonly number[]): number[] {
      return addMissing(imageId, tagIds, addOfUser);
    },

    /** Leaves the custom tags of an image, replaces the automatic ones, and gives all of them. */
    replaceAutomatic(imageId: number, tagIds: readonly number[]): number[] {
      const automatic = new Set(tagIds);
      const left: number[] = [];
      for (const { id, type } of rowsOf.all(imageId)) {
        if (type === 'custom' || automatic.has(id)) {
          left.push(id);
          continue;
        }
        drop.run(imageId, id);
        counts.change(id, -1);
      }
      return [...left, ...addMissing(imageId, automatic)];
    },
  };
}

import { IndexError, type Tag } from '@iib-kit/catalog';
import { type TagRow, toTag } from '../../tables/tag-row.ts';
import type { WriterStore } from '../writer-store.ts';

function rowOf({ db }: WriterStore, tagId: number): TagRow {
  const row = db.prepare<[number], TagRow>('SELECT * FROM tag WHERE id = ?').get(tagId);
  if (row === undefined)
    throw new IndexError('unknown-tag', `There is no tag ${tagId}`, { details: { tagId } });
  return row;
}

/** Changes name or colour. Throws `unknown-tag`, and `name-taken` where a tag of this type has the name. */
export function updateTag(
  store: WriterStore,
  tagId: number,
  { name, color }: { name?: string; color?: string },
): Tag {
  const { db } = store;
  return store.transaction(() => {
    const row = rowOf(store, tagId);
    if (name !== undefined && name !== row.name) {
      const taken = db.prepare('SELECT id FROM tag WHERE name = ? AND type IS ?').pluck().get(name, row.type);
      if (taken !== undefined) {
        throw new IndexError('name-taken', `There is a tag of this name: ${name}`, {
          details: { tagId: Number(taken) },
        });
      }
    }
    db.prepare('UPDATE tag SET name = ?, color = ? WHERE id = ?').run(
      name ?? row.name,
      color ?? row.color,
      tagId,
    );
    store.names.clear();
    store.changes.tag(tagId);
    return toTag(rowOf(store, tagId));
  });
}

interface Tagged {
  readonly imageId: number;
  readonly doc: number | null;
}

/** Images that carry a tag; without an index by tag, since only this asks for it. */
function imagesWith({ db }: WriterStore, tagId: number): Tagged[] {
  return db
    .prepare<[number], Tagged>(
      `SELECT t.image_id AS imageId, m.doc FROM image_tag t LEFT JOIN media_info m ON m.image_id = t.image_id
       WHERE t.tag_id = ?`,
    )
    .all(tagId);
}

/** Lets images that are not there now come back with what the tag became; of one that is removed nothing is left. */
function followTag({ db }: WriterStore, tagId: number, replacement: number | undefined): void {
  if (replacement === undefined) {
    db.prepare('DELETE FROM merged_tag WHERE into_id = ?').run(tagId);
    return;
  }
  db.prepare('UPDATE merged_tag SET into_id = ? WHERE into_id = ?').run(replacement, tagId);
  db.prepare('INSERT INTO merged_tag (tag_id, into_id) VALUES (?, ?)').run(tagId, replacement);
}

function takeFromAll(store: WriterStore, tagId: number, replacement?: number): void {
  const { db, counts, documents, changes } = store;
  const drop = db.prepare('DELETE FROM image_tag WHERE image_id = ? AND tag_id = ?');
  const add = db.prepare(
    'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)',
  );
  const tagsOf = db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck();
  for (const { imageId, doc } of imagesWith(store, tagId)) {
    drop.run(imageId, tagId);
    if (replacement !== undefined && add.run(imageId, replacement).changes > 0) counts.change(replacement, 1);
    if (doc !== null) documents.replaceTags(doc, tagsOf.all(imageId));
  }
  db.prepare('DELETE FROM auto_tag_hit WHERE rule_id IN (SELECT id FROM auto_tag_rule WHERE tag_id = ?)').run(
    tagId,
  );
  db.prepare('DELETE FROM auto_tag_rule WHERE tag_id = ?').run(tagId);
  db.prepare('DELETE FROM tag WHERE id = ?').run(tagId);
  followTag(store, tagId, replacement);
  for (const changed of replacement === undefined ? [tagId] : [tagId, replacement]) changes.tag(changed);
  store.names.clear();
}

/** Removes a tag from every image and then itself. Throws `unknown-tag`. */
export function removeTag(store: WriterStore, tagId: number): void {
  store.bulkTransaction(() => {
    rowOf(store, tagId);
    takeFromAll(store, tagId);
  });
}

/** Gives every image of one tag another instead, and removes the first. Throws `unknown-tag`. */
export function mergeTags(store: WriterStore, tagId: number, into: number): Tag {
  return store.bulkTransaction(() => {
    rowOf(store, tagId);
    rowOf(store, into);
    if (tagId !== into) takeFromAll(store, tagId, into);
    store.counts.flush();
    return toTag(rowOf(store, into));
  });
}

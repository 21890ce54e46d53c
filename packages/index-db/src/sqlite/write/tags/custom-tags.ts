import { IndexError, type Tag } from '@iib-kit/catalog';
import { toTag, type TagRow } from '../../tables/tag-row.ts';
import type { WriterStore } from '../writer-store.ts';

/** Makes a custom tag, or gives the one of exactly this name. */
export function createTag(store: WriterStore, name: string): Tag {
  return store.transaction(() => {
    const find = store.db.prepare<[string], number>(`SELECT id FROM tag WHERE type = 'custom' AND name = ?`);
    const isNew = find.get(name) === undefined;
    const id = store.names.tag({ type: 'custom', name });
    if (isNew) store.changes.tag(id);
    return toTag(store.db.prepare<[number], TagRow>('SELECT * FROM tag WHERE id = ?').get(id) as TagRow);
  });
}

/** An image that a call names. */
export interface TaggedRow {
  readonly id: number;
  readonly path: string;
  readonly doc: number | null;
}

/** The images at these paths in the order of their documents; throws `not-indexed` with those that are not there. */
export function imagesOrThrow(store: WriterStore, paths: readonly string[]): TaggedRow[] {
  const find = store.db.prepare<[string], TaggedRow>(
    'SELECT i.id, i.path, m.doc FROM image i LEFT JOIN media_info m ON m.image_id = i.id WHERE i.path = ?',
  );
  const rows = [...new Set(paths)].map((path) => ({ path, row: find.get(path) }));
  const unknown = rows.filter(({ row }) => row === undefined).map(({ path }) => path);
  if (unknown.length > 0) {
    throw new IndexError('not-indexed', `Not in the index: ${unknown.slice(0, 3).join(', ')}`, {
      details: { paths: unknown },
    });
  }
  return rows
    .flatMap(({ row }) => (row === undefined ? [] : [row]))
    .sort((a, b) => (a.doc ?? 0) - (b.doc ?? 0));
}

/** Gives a tag to images or takes it away; all or nothing. Throws `unknown-tag`, `not-indexed`. */
export function setTag(
  store: WriterStore,
  paths: readonly string[],
  tagId: number,
  action: 'add' | 'remove',
): void {
  const { db, counts, documents, changes } = store;
  const tagsOf = db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck();
  const change =
    action === 'add'
      ? db.prepare(
          'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)',
        )
      : db.prepare('DELETE FROM image_tag WHERE image_id = ? AND tag_id = ?');
  store.transaction(() => {
    if (db.prepare('SELECT 1 FROM tag WHERE id = ?').get(tagId) === undefined) {
      throw new IndexError('unknown-tag', `There is no tag ${tagId}`, { details: { tagId } });
    }
    for (const { id, path, doc } of imagesOrThrow(store, paths)) {
      if (change.run(id, tagId).changes === 0) continue;
      counts.change(tagId, action === 'add' ? 1 : -1);
      changes.tagged(tagId, path);
      if (doc !== null) documents.replaceTags(doc, tagsOf.all(id));
    }
  });
}

/** Gives a tag to an image, or takes it away where it has it. Throws `unknown-tag`, `not-indexed`. */
export function toggleTag(store: WriterStore, path: string, tagId: number): 'add' | 'remove' {
  const has = store.db.prepare(
    'SELECT 1 FROM image i JOIN image_tag t ON t.image_id = i.id WHERE i.path = ? AND t.tag_id = ?',
  );
  const action = has.get(path, tagId) === undefined ? 'add' : 'remove';
  setTag(store, [path], tagId, action);
  return action;
}

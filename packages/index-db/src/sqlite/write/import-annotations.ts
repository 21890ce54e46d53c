import type { AnnotationRecord, ImportOutcome } from '@iib-kit/catalog';
import { folderRange } from '@iib-kit/catalog/text';
import { applyRulesTo } from './tags/auto-tags.ts';
import type { WriterStore } from './writer-store.ts';

interface Found {
  readonly id: number;
  readonly path: string;
}

/**
 * Adds tags, ratings, notes and own texts to the images that records name: by path, else by content. What an image has
 * already stays, unless the record has a rating, a note or a text of its own. With folders, images elsewhere are not known.
 */
export function importAnnotations(
  store: WriterStore,
  records: readonly AnnotationRecord[],
  inside?: readonly string[],
): ImportOutcome {
  const { db, names, counts, documents, changes, images } = store;
  const byPath = db.prepare<[string], Found>('SELECT id, path FROM image WHERE path = ?');
  const byContent = db.prepare<[number, number], Found>(
    'SELECT i.id, i.path FROM media_info m JOIN image i ON i.id = m.image_id WHERE m.bytes = ? AND m.fingerprint = ?',
  );
  const docOf = db.prepare<[number], number>('SELECT doc FROM media_info WHERE image_id = ?').pluck();
  const tagsOf = db.prepare<[number], number>('SELECT tag_id FROM image_tag WHERE image_id = ?').pluck();
  const addTag = db.prepare(
    'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, ?, CURRENT_TIMESTAMP)',
  );
  const mark = db.prepare(`
    INSERT INTO image_mark (image_id, rating, note) VALUES (?, ?, ?) ON CONFLICT (image_id) DO UPDATE SET
      rating = iif(excluded.rating > 0, excluded.rating, rating), note = iif(excluded.note <> '', excluded.note, note)`);
  const ranges = inside?.map(folderRange);
  const isKnown = (path: string): boolean =>
    ranges?.some(({ from, to }) => path >= from && path < to) ?? true;
  const unknown: string[] = [];

  function apply({ id: imageId, path }: Found, { tags, rating, note, infotext }: AnnotationRecord): void {
    if (infotext !== undefined) images.rewriteText(imageId, infotext);
    if (rating > 0 || note !== '') {
      mark.run(imageId, rating, note);
      changes.marked(path);
    }
    for (const name of tags) {
      const tagId = names.tag({ type: 'custom', name });
      if (addTag.run(imageId, tagId).changes === 0) continue;
      counts.change(tagId, 1);
      changes.tagged(tagId, path);
    }
    const doc = docOf.get(imageId);
    if (doc !== undefined) documents.replaceTags(doc, tagsOf.all(imageId));
    if (infotext !== undefined) applyRulesTo(store, [imageId]);
  }

  store.transaction(() => {
    for (const record of records) {
      const { path, bytes, fingerprint } = record;
      const candidates = [
        ...byPath.all(path),
        ...(fingerprint === undefined ? [] : byContent.all(bytes, fingerprint)),
      ];
      const found = candidates.find((image) => isKnown(image.path));
      if (found === undefined) unknown.push(path);
      else apply(found, record);
    }
  });
  return { imported: records.length - unknown.length, unknown };
}

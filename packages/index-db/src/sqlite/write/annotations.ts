import { imagesOrThrow } from './tags/custom-tags.ts';
import type { WriterStore } from './writer-store.ts';

/** Rates images 0 (not at all) to 5. Throws `not-indexed`. */
export function setRating(store: WriterStore, paths: readonly string[], rating: number): void {
  const save = store.db.prepare(`
    INSERT INTO image_mark (image_id, rating) VALUES (?, ?) ON CONFLICT (image_id) DO UPDATE SET rating = excluded.rating`);
  change(store, paths, (id) => save.run(id, rating));
}

/** Writes a note for an image; an empty one takes it away. Throws `not-indexed`. */
export function setNote(store: WriterStore, path: string, note: string): void {
  const save = store.db.prepare(`
    INSERT INTO image_mark (image_id, note) VALUES (?, ?) ON CONFLICT (image_id) DO UPDATE SET note = excluded.note`);
  change(store, [path], (id) => save.run(id, note));
}

function change(store: WriterStore, paths: readonly string[], save: (imageId: number) => void): void {
  const tidy = store.db.prepare(`DELETE FROM image_mark WHERE image_id = ? AND rating = 0 AND note = ''`);
  store.transaction(() => {
    for (const { id, path } of imagesOrThrow(store, paths)) {
      save(id);
      store.changes.marked(path);
      tidy.run(id);
    }
  });
}

import type { Sqlite } from '../../connection/sqlite.ts';

// Filled by triggers, which work in whatever program writes: what IIB does to images that we know is noticed by us. A row
// with `tag_id` 0 stands for the image itself, `path` for where it was. Given tags are found by their time instead, since
// a trigger for each would cost our own bulk writing a fifth; it leaves `created_at` empty, IIB fills it always.
const schema = `
CREATE TABLE foreign_change (
  image_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, path TEXT, PRIMARY KEY (image_id, tag_id)) WITHOUT ROWID;
CREATE INDEX image_tag_by_time ON image_tag(created_at) WHERE created_at IS NOT NULL;
INSERT INTO library_state (name, value) SELECT 'tags_noticed', coalesce(max(created_at), '') FROM image_tag
  WHERE created_at IS NOT NULL;
CREATE TRIGGER foreign_tag_removed AFTER DELETE ON image_tag BEGIN
  INSERT OR IGNORE INTO foreign_change VALUES (OLD.image_id, OLD.tag_id, NULL); END;
CREATE TRIGGER foreign_image_removed AFTER DELETE ON image BEGIN
  INSERT OR IGNORE INTO foreign_change VALUES (OLD.id, 0, OLD.path); END;
CREATE TRIGGER foreign_image_changed AFTER UPDATE OF path, exif ON image
  WHEN OLD.path IS NOT NEW.path OR OLD.exif IS NOT NEW.exif BEGIN
  INSERT OR IGNORE INTO foreign_change VALUES (NEW.id, 0, OLD.path); END;
`;

/** Lets changes of other programs to known images be noticed. */
export function recordExternalChanges(db: Sqlite): void {
  db.exec(schema);
}

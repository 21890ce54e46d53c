import type { Sqlite } from '../sqlite.ts';

// Filled by triggers, which work in whatever program writes: what IIB does to images that we know is noticed by us when
// we write next. A row with `tag_id` 0 stands for the image itself, `path` for where it was. Our own bulk writing of
// automatic tags leaves `created_at` empty, so that the triggers cost it a comparison; IIB fills it always.
const schema = `
CREATE TABLE foreign_change (
  image_id INTEGER NOT NULL, tag_id INTEGER NOT NULL, path TEXT, PRIMARY KEY (image_id, tag_id)) WITHOUT ROWID;
CREATE TRIGGER foreign_tag_added AFTER INSERT ON image_tag WHEN NEW.created_at IS NOT NULL BEGIN
  INSERT OR IGNORE INTO foreign_change VALUES (NEW.image_id, NEW.tag_id, NULL); END;
CREATE TRIGGER foreign_tag_removed AFTER DELETE ON image_tag WHEN OLD.created_at IS NOT NULL BEGIN
  INSERT OR IGNORE INTO foreign_change VALUES (OLD.image_id, OLD.tag_id, NULL); END;
CREATE TRIGGER foreign_image_removed AFTER DELETE ON image BEGIN
  INSERT OR IGNORE INTO foreign_change VALUES (OLD.id, 0, OLD.path); END;
CREATE TRIGGER foreign_image_changed AFTER UPDATE OF path, exif ON image
  WHEN OLD.path IS NOT NEW.path OR OLD.exif IS NOT NEW.exif BEGIN
  INSERT OR IGNORE INTO foreign_change VALUES (NEW.id, 0, OLD.path); END;
`;

/** Lets changes of other programs to known images be noticed. */
export function recordForeignChanges(db: Sqlite): void {
  db.exec(schema);
}

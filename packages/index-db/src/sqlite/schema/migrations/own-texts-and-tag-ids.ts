import type { Sqlite } from '../../connection/sqlite.ts';

// Annotations of vanished images named their tags; `tag_ids` says which they are whatever they are called now, and
// `merged_tag` into which a tag went. A name that no tag has any more was renamed, merged or removed by the user: whose
// it was cannot be told, and it must not come back. What another program removes leaves its own text behind as well.
const schema = `
ALTER TABLE lost_mark ADD COLUMN tag_ids TEXT;
ALTER TABLE lost_mark ADD COLUMN text TEXT;
UPDATE lost_mark SET tag_ids = (
  SELECT json_group_array(g.id) FROM json_each(lost_mark.tags) j JOIN tag g ON g.name = j.value AND g.type = 'custom')
  WHERE json_valid(tags);
CREATE TABLE merged_tag (tag_id INTEGER PRIMARY KEY, into_id INTEGER NOT NULL);
CREATE INDEX merged_tag_by_target ON merged_tag(into_id);
CREATE INDEX image_with_own_text ON image(id) WHERE exif_edited <> 0;
ALTER TABLE foreign_change ADD COLUMN text TEXT;
DROP TRIGGER IF EXISTS foreign_tag_removed; DROP TRIGGER IF EXISTS foreign_image_removed;
DROP TRIGGER IF EXISTS foreign_image_changed;
CREATE TRIGGER foreign_tag_removed AFTER DELETE ON image_tag BEGIN
  INSERT OR IGNORE INTO foreign_change (image_id, tag_id) VALUES (OLD.image_id, OLD.tag_id); END;
CREATE TRIGGER foreign_image_removed AFTER DELETE ON image BEGIN
  INSERT INTO foreign_change (image_id, tag_id, path, text)
    VALUES (OLD.id, 0, OLD.path, iif(OLD.exif_edited, coalesce(OLD.exif, ''), NULL))
    ON CONFLICT (image_id, tag_id) DO UPDATE SET text = excluded.text; END;
CREATE TRIGGER foreign_image_changed AFTER UPDATE OF path, exif ON image
  WHEN OLD.path IS NOT NEW.path OR OLD.exif IS NOT NEW.exif BEGIN
  INSERT OR IGNORE INTO foreign_change (image_id, tag_id, path) VALUES (NEW.id, 0, OLD.path); END;
`;

/** Lets texts of users, and the tags that they gave, outlast the images' absence as what they are. */
export function keepTextsAndTagIds(db: Sqlite): void {
  db.exec(schema);
}

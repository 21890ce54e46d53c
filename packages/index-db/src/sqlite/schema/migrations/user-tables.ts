import type { Sqlite } from '../../connection/sqlite.ts';

// What the owner says of images, kept apart from what the files say. `lost_mark` remembers it for files that vanished,
// so that it comes back with them; `fingerprint` and `bytes` are as in `media_info`.
const tables = `
CREATE TABLE image_mark (image_id INTEGER PRIMARY KEY, rating INTEGER NOT NULL DEFAULT 0, note TEXT NOT NULL DEFAULT '');
CREATE INDEX image_mark_by_rating ON image_mark(rating);
CREATE TABLE lost_mark (
  path TEXT PRIMARY KEY, bytes INTEGER NOT NULL, fingerprint INTEGER, rating INTEGER NOT NULL, note TEXT NOT NULL,
  tags TEXT NOT NULL, lost_at INTEGER NOT NULL);
CREATE INDEX lost_mark_by_content ON lost_mark(fingerprint);
CREATE TABLE saved_search (name TEXT PRIMARY KEY, query TEXT NOT NULL, created INTEGER NOT NULL);
CREATE TABLE auto_tag_rule (
  id INTEGER PRIMARY KEY, tag_id INTEGER NOT NULL, matching TEXT NOT NULL, conditions TEXT NOT NULL);
CREATE TABLE auto_tag_hit (rule_id INTEGER NOT NULL, image_id INTEGER NOT NULL, PRIMARY KEY (rule_id, image_id))
  WITHOUT ROWID;
CREATE INDEX auto_tag_hit_by_image ON auto_tag_hit(image_id);
CREATE TABLE perceptual_hash (image_id INTEGER PRIMARY KEY, high INTEGER NOT NULL, low INTEGER NOT NULL);
`;

/** Adds ratings, notes, saved searches, tag rules and perceptual hashes. */
export function createUserTables(db: Sqlite): void {
  db.exec(tables);
}

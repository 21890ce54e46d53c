import type { Sqlite } from '../../connection/sqlite.ts';

// Names, columns and constraints as IIB makes them; `image_tag` without rowid takes half the room and reads the same.
const tables = `
CREATE TABLE IF NOT EXISTS image (
  id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE, exif TEXT, size INTEGER, date TEXT,
  exif_edited INTEGER DEFAULT 0);
CREATE TABLE IF NOT EXISTS tag (
  id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, score INTEGER, type TEXT, count INTEGER, color TEXT DEFAULT '',
  UNIQUE (name, type) ON CONFLICT REPLACE);
CREATE TABLE IF NOT EXISTS image_tag (
  image_id INTEGER, tag_id INTEGER, created_at TIMESTAMP,
  FOREIGN KEY (image_id) REFERENCES image(id), FOREIGN KEY (tag_id) REFERENCES tag(id),
  PRIMARY KEY (image_id, tag_id)) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS folders (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT, modified_date TEXT);
CREATE INDEX IF NOT EXISTS folders_idx_path ON folders(path);
CREATE TABLE IF NOT EXISTS extra_path (path TEXT PRIMARY KEY, type TEXT NOT NULL, alias TEXT DEFAULT '');
CREATE TABLE IF NOT EXISTS dir_cover_cache (folder_path TEXT PRIMARY KEY, modified_time TEXT, media_files TEXT);
CREATE TABLE IF NOT EXISTS global_setting (
  setting_json TEXT, name TEXT PRIMARY KEY, created_time TEXT, modified_time TEXT);
CREATE TABLE IF NOT EXISTS image_embedding (
  image_id INTEGER PRIMARY KEY, model TEXT NOT NULL, dim INTEGER NOT NULL, text_hash TEXT NOT NULL,
  vec BLOB NOT NULL, updated_at TEXT NOT NULL, FOREIGN KEY (image_id) REFERENCES image(id));
CREATE INDEX IF NOT EXISTS image_embedding_idx_model_hash ON image_embedding(model, text_hash);
CREATE TABLE IF NOT EXISTS image_embedding_fail (
  image_id INTEGER NOT NULL, model TEXT NOT NULL, text_hash TEXT NOT NULL, error TEXT NOT NULL,
  updated_at TEXT NOT NULL, PRIMARY KEY (image_id, model, text_hash));
CREATE INDEX IF NOT EXISTS image_embedding_fail_idx_model ON image_embedding_fail(model);
CREATE TABLE IF NOT EXISTS topic_title_cache (
  cluster_hash TEXT PRIMARY KEY, title TEXT NOT NULL, keywords TEXT NOT NULL, model TEXT NOT NULL,
  updated_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS topic_title_cache_idx_model ON topic_title_cache(model);
CREATE TABLE IF NOT EXISTS topic_cluster_cache (
  cache_key TEXT PRIMARY KEY, folders TEXT NOT NULL, model TEXT NOT NULL, params TEXT NOT NULL,
  embeddings_count INTEGER NOT NULL, embeddings_max_updated_at TEXT NOT NULL, result TEXT NOT NULL,
  updated_at TEXT NOT NULL);
CREATE INDEX IF NOT EXISTS topic_cluster_cache_idx_model ON topic_cluster_cache(model);
`;

function hasColumn(db: Sqlite, table: string, column: string): boolean {
  return db.prepare('SELECT 1 FROM pragma_table_info(?) WHERE name = ?').get(table, column) !== undefined;
}

/** Brings any IIB database, or none, to the table shapes of IIB 1.9. */
export function createIibTables(db: Sqlite): void {
  db.exec(tables);
  if (!hasColumn(db, 'image', 'exif_edited')) {
    db.exec('ALTER TABLE image ADD COLUMN exif_edited INTEGER DEFAULT 0');
  }
  if (!hasColumn(db, 'tag', 'color')) db.exec(`ALTER TABLE tag ADD COLUMN color TEXT DEFAULT ''`);
  if (!hasColumn(db, 'image_tag', 'created_at'))
    db.exec('ALTER TABLE image_tag ADD COLUMN created_at TIMESTAMP');
  if (!hasColumn(db, 'extra_path', 'alias'))
    db.exec(`ALTER TABLE extra_path ADD COLUMN alias TEXT DEFAULT ''`);
  db.exec(`
    INSERT INTO tag (name, score, type, count, color) VALUES ('like', 0, 'custom', 0, '')
    ON CONFLICT (name, type) DO NOTHING`);
}

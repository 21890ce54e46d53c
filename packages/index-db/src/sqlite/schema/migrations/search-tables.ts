import type { Sqlite } from '../../connection/sqlite.ts';
import { backfillImages } from '../../tables/backfill-images.ts';
import { createNameIds } from '../../tables/name-ids.ts';
import { recountTags } from '../../tables/recount-tags.ts';
import { SearchDocuments } from '../../tables/search-documents.ts';

/** Tables of words; they are made anew where they held trigrams alone, or other boundary n-grams. */
export const textTables = `
CREATE VIRTUAL TABLE search_text USING fts5(
  tokens, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE search_word (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE);`;

/** Remembers how the boundary n-grams in `search_text` are made (decision 0122). */
export const noteBoundaryNgrams = `INSERT OR REPLACE INTO library_state (name, value) VALUES ('seams', 'classed');`;

// `modified` and `created` are microseconds since 1970. `doc` numbers the rows of the two full-text tables: within a
// run of `search_run` it rises with (modified, image_id), so that walking it downwards is walking time backwards.
// `search_text` holds words and n-grams of the folded path and text (decision 0034), `search_word` every word of them,
// `search_path` trigrams of the path alone, `search_tags` the tag ids in base 36, `search_piece` how often an n-gram was
// seen in a sample. A seed that a double cannot hold is in `seed_text`.
const tables = `
CREATE TABLE media_info (
  image_id INTEGER PRIMARY KEY, doc INTEGER NOT NULL, folder_id INTEGER NOT NULL,
  modified INTEGER NOT NULL, created INTEGER NOT NULL, bytes INTEGER NOT NULL, media INTEGER NOT NULL,
  width INTEGER, height INTEGER, fingerprint INTEGER, seed INTEGER, seed_text TEXT, steps INTEGER, cfg_scale REAL, generator TEXT);
CREATE UNIQUE INDEX media_info_by_doc ON media_info(doc);
CREATE INDEX media_info_by_date ON media_info(modified);
CREATE INDEX media_info_by_folder ON media_info(folder_id);
${textTables}
CREATE VIRTUAL TABLE search_path USING fts5(
  body, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');
CREATE VIRTUAL TABLE search_tags USING fts5(
  ids, content='', contentless_delete=1, detail=none, tokenize='ascii');
CREATE TABLE search_run (
  first_doc INTEGER PRIMARY KEY, last_doc INTEGER NOT NULL,
  last_modified INTEGER NOT NULL, last_image_id INTEGER NOT NULL);
CREATE TABLE scan_failure (
  path TEXT PRIMARY KEY, folder_id INTEGER NOT NULL, bytes INTEGER NOT NULL, modified INTEGER NOT NULL,
  reason TEXT NOT NULL, message TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE search_piece (piece TEXT PRIMARY KEY, seen INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE library_state (name TEXT PRIMARY KEY, value) WITHOUT ROWID;
CREATE INDEX tag_in_use ON tag(type) WHERE type = 'pos' AND count >= 8;
CREATE INDEX tag_not_of_prompt ON tag(type) WHERE type <> 'pos';
ALTER TABLE folders ADD COLUMN modified INTEGER;
ALTER TABLE folders ADD COLUMN manifest INTEGER;
`;

// Merging more pieces of the index at once, less often, makes adding a third faster; an update ends with a merge. So does
// gathering four times as much in memory before a piece is written; much more no longer fits the processor's cache.
export const mergeLess = (table: string): string =>
  `INSERT INTO ${table} (${table}, rank)
   VALUES ('automerge', 16), ('crisismerge', 32), ('hashsize', ${4 * 1024 * 1024});`;

/** Adds what searching and incremental updates need, and makes the images of IIB known to it. */
export function createSearchTables(db: Sqlite): void {
  db.exec(tables + noteBoundaryNgrams);
  for (const table of ['search_text', 'search_path', 'search_tags']) db.exec(mergeLess(table));
  const documents = new SearchDocuments(db);
  documents.reload();
  backfillImages({ db, names: createNameIds(db), documents });
  recountTags(db);
}

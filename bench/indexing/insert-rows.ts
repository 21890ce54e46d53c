import Database from 'better-sqlite3';

interface ImageRow {
  id: number;
  path: string;
  exif: string | null;
  size: number;
  date: string;
}

interface TagLink {
  image_id: number;
  tag_id: number;
}

const chunkRows = 5_000;
const rowsPerTransaction = 1_000;

// The tables that any IIB database has, and the cheapest full text that answers a substring search.
const tables = `
CREATE TABLE image (
  id INTEGER PRIMARY KEY, path TEXT UNIQUE, exif TEXT, size INTEGER, date TEXT, exif_edited INTEGER DEFAULT 0);
CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT, type TEXT, count INTEGER, UNIQUE (name, type));
CREATE TABLE image_tag (image_id INTEGER, tag_id INTEGER, PRIMARY KEY (image_id, tag_id)) WITHOUT ROWID;
CREATE VIRTUAL TABLE search_text USING fts5(body, content='', detail=none, tokenize='trigram');
`;

/**
 * Inserts the rows of an index into an empty database with nothing around it: images, tags and full text, prepared
 * statements on one thread. Reading the rows back is not counted.
 */
export function insertRows(
  fromIndex: string,
  intoEmpty: string,
): { rows: number; links: number; ms: number; bytes: number } {
  const source = new Database(fromIndex, { readonly: true });
  const target = new Database(intoEmpty);
  try {
    target.pragma('journal_mode = WAL');
    target.pragma('synchronous = NORMAL');
    target.pragma('cache_size = -48000');
    target.exec(tables);
    return { ...copyRows(source, target), bytes: databaseBytes(target) };
  } finally {
    source.close();
    target.close();
  }
}

function copyRows(source: Database.Database, target: Database.Database) {
  const readImages = source.prepare<[number, number], ImageRow>(
    'SELECT id, path, exif, size, date FROM image WHERE id > ? ORDER BY id LIMIT ?',
  );
  const readLinks = source.prepare<[number, number], TagLink>(
    'SELECT image_id, tag_id FROM image_tag WHERE image_id BETWEEN ? AND ? ORDER BY image_id',
  );
  const insertImage = target.prepare('INSERT INTO image (id, path, exif, size, date) VALUES (?, ?, ?, ?, ?)');
  const insertLink = target.prepare('INSERT INTO image_tag VALUES (?, ?)');
  const insertText = target.prepare('INSERT INTO search_text (rowid, body) VALUES (?, ?)');
  const insertBatch = target.transaction((images: ImageRow[], linksOf: Map<number, number[]>) => {
    for (const image of images) {
      insertImage.run(image.id, image.path, image.exif, image.size, image.date);
      for (const tagId of linksOf.get(image.id) ?? []) insertLink.run(image.id, tagId);
      insertText.run(image.id, `${image.path}\n${image.exif ?? ''}`);
    }
  });

  let ms = insertTags(source, target);
  let rows = 0;
  let links = 0;
  let last = 0;
  for (;;) {
    const images = readImages.all(last, chunkRows);
    const newest = images.at(-1);
    if (newest === undefined) return { rows, links, ms };
    const linksOf = new Map<number, number[]>();
    for (const link of readLinks.all(images[0]?.id ?? 0, newest.id)) {
      linksOf.set(link.image_id, [...(linksOf.get(link.image_id) ?? []), link.tag_id]);
      links++;
    }
    const started = performance.now();
    for (let first = 0; first < images.length; first += rowsPerTransaction) {
      insertBatch(images.slice(first, first + rowsPerTransaction), linksOf);
    }
    ms += performance.now() - started;
    rows += images.length;
    last = newest.id;
  }
}

function insertTags(source: Database.Database, target: Database.Database): number {
  const tags = source
    .prepare<[], { id: number; name: string; type: string; count: number }>(
      'SELECT id, name, type, count FROM tag',
    )
    .all();
  const insertTag = target.prepare('INSERT INTO tag VALUES (?, ?, ?, ?)');
  const started = performance.now();
  target.transaction(() => {
    for (const { id, name, type, count } of tags) insertTag.run(id, name, type, count);
  })();
  return performance.now() - started;
}

function databaseBytes(database: Database.Database): number {
  const pages = Number(database.pragma('page_count', { simple: true }));
  return pages * Number(database.pragma('page_size', { simple: true }));
}

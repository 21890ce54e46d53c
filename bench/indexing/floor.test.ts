import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { makeLibrary } from '../library/make-library.ts';
import { insertRows } from './insert-rows.ts';
import { readHeads } from './read-heads.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'bench-floor-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('the heads of all files in all folders are read', () => {
  const { root, bytes } = makeLibrary(join(folder, 'library'), { images: 300 });
  // Every file of the library is smaller than a head.
  expect(readHeads(root)).toMatchObject({ files: 300, bytes });
});

test('images, tags, links and full text are inserted as the index holds them', () => {
  const source = new Database(join(folder, 'index.db'));
  source.exec(`
    CREATE TABLE image (id INTEGER PRIMARY KEY, path TEXT, exif TEXT, size INTEGER, date TEXT);
    CREATE TABLE tag (id INTEGER PRIMARY KEY, name TEXT, type TEXT, count INTEGER);
    CREATE TABLE image_tag (image_id INTEGER, tag_id INTEGER);
    INSERT INTO image VALUES (3, '/a.png', 'red fox', 10, 'd'), (9, '/b.png', NULL, 20, 'd');
    INSERT INTO tag VALUES (1, 'fox', 'pos', 2), (5, 'red', 'pos', 1);
    INSERT INTO image_tag VALUES (3, 1), (3, 5), (9, 1);`);
  source.close();
  expect(insertRows(join(folder, 'index.db'), join(folder, 'floor.db'))).toMatchObject({ rows: 2, links: 3 });
  const floor = new Database(join(folder, 'floor.db'), { readonly: true });
  const found = {
    images: floor.prepare('SELECT id, path, exif, size FROM image').raw().all(),
    links: floor.prepare('SELECT image_id, tag_id FROM image_tag').raw().all(),
    tags: floor.prepare('SELECT id, name FROM tag').raw().all(),
    foxes: floor.prepare("SELECT rowid FROM search_text WHERE search_text MATCH 'fox'").raw().all(),
  };
  floor.close();
  expect(found).toEqual({
    images: [
      [3, '/a.png', 'red fox', 10],
      [9, '/b.png', null, 20],
    ],
    links: [
      [3, 1],
      [3, 5],
      [9, 1],
    ],
    tags: [
      [1, 'fox'],
      [5, 'red'],
    ],
    foxes: [[3]],
  });
});

import { cpSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { callInProgram } from './helpers/called-program.ts';
import { temporaryLibrary } from './helpers/temporary-library.ts';

// Several batches.
const count = 700;

/** How many images were written, and what is wrong with them: each has all that belongs to it, or is not there. */
function look(path: string): { images: number; wrong: unknown[] } {
  const db = new Database(path);
  const one = (sql: string): unknown => db.prepare(sql).pluck().get();
  const images = countImages(path);
  const wrong = [
    one('PRAGMA integrity_check'),
    one('SELECT count(DISTINCT path) FROM image') === images,
    one('SELECT count(*) FROM media_info m JOIN image i ON i.id = m.image_id') === images,
    one(`SELECT count(*) FROM image_tag WHERE tag_id = (SELECT id FROM tag WHERE name = 'shared')`) ===
      images,
    one(
      'SELECT count(*) FROM tag g WHERE count <> (SELECT count(*) FROM image_tag t WHERE t.tag_id = g.id)',
    ) === 0,
  ].filter((sound) => sound !== true && sound !== 'ok');
  for (const table of ['search_text', 'search_path', 'search_tags']) {
    db.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`);
  }
  db.close();
  return { images, wrong };
}

function countImages(path: string): number {
  const db = new Database(path, { readonly: true });
  const images = db.prepare<[], number>('SELECT count(*) FROM image').pluck().get() ?? 0;
  db.close();
  return images;
}

it('a copied folder of which the reading is killed is read to its end by the next', async () => {
  const library = temporaryLibrary();
  for (let number = 0; number < count; number += 1)
    library.picture(`own/${number}.png`, `fox${number}, shared`, 1, number);
  const before = await library.open();
  await before.update([library.root]);
  await before.close();
  cpSync(library.at('own'), library.at('copy'), { recursive: true, preserveTimestamps: true });

  const read = () =>
    callInProgram(library.databasePath, 'readPaths', [library.at('copy')], { roots: [library.root] });
  let interrupted = 0;
  for (let images = count; images < 2 * count;) {
    const program = await read();
    // As soon as another batch is written, while the one after it is read or written.
    while (countImages(library.databasePath) === images && !program.isOver()) await delay(2);
    if (await program.kill()) interrupted += 1;
    const found = look(library.databasePath);
    expect(found.wrong).toEqual([]);
    expect(found.images).toBeGreaterThan(images);
    images = found.images;
  }
  expect(interrupted).toBeGreaterThan(0);
  expect(await (await read()).ended).toBe(0);
  expect(look(library.databasePath)).toEqual({ images: 2 * count, wrong: [] });
  const index = await library.open();
  expect(await index.update([library.root])).toMatchObject({ added: 0, changed: 0, moved: 0, removed: 0 });
  expect(
    (await index.searchBySubstring({ text: 'fox123' })).items.map(({ path }) => path).toSorted(),
  ).toEqual(['copy', 'own'].map((folder) => library.at(`${folder}/123.png`)));
}, 120_000);

import { writeFileSync } from 'node:fs';
import { openIndex } from '@iib-kit/index-db';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

// Added after version 10.
const withoutNewColumns = `
  ALTER TABLE folders DROP COLUMN mount; ALTER TABLE lost_mark DROP COLUMN awaited;
  ALTER TABLE lost_mark DROP COLUMN tag_ids; ALTER TABLE lost_mark DROP COLUMN text;
  DROP TABLE cluster_use; DROP TABLE merged_tag; DROP INDEX image_with_own_text;`;

describe('openIndex', () => {
  it('refuses a file that is no database, and names it', async () => {
    const library = temporaryLibrary();
    writeFileSync(library.databasePath, 'this is not a database, but long enough to look at'.repeat(50));
    await expect(library.open()).rejects.toMatchObject({
      code: 'not-a-database',
      message: expect.stringContaining(library.databasePath),
    });
  });

  it('refuses a folder that does not exist', async () => {
    const library = temporaryLibrary();
    await expect(openIndex({ path: library.at('absent/iib.db') })).rejects.toMatchObject({
      code: 'cannot-open',
    });
  });

  it('refuses a schema newer than it knows', async () => {
    const library = temporaryLibrary();
    const db = new Database(library.databasePath);
    db.pragma('user_version = 1000');
    db.close();
    await expect(library.open()).rejects.toMatchObject({ code: 'newer-schema' });
  });

  it('refuses an option that it does not know', async () => {
    const options = { path: 'x.db', reader: 2 };
    await expect(openIndex(options)).rejects.toThrow('no option "reader"');
    await expect(openIndex({ path: 'x.db', readers: 0 })).rejects.toThrow(RangeError);
  });

  it('refuses every call once closed, and closes twice without harm', async () => {
    const index = await temporaryLibrary().open();
    await index.close();
    await index.close();
    await expect(index.basicInfo()).rejects.toMatchObject({ code: 'closed' });
    await expect(index.update([])).rejects.toMatchObject({ code: 'closed' });
    await expect(index.createTag('x')).rejects.toMatchObject({ code: 'closed' });
  });

  it('closes at once after it opened, and in the middle of a run, without taking the process down', async () => {
    const library = temporaryLibrary();
    for (let number = 0; number < 200; number += 1) library.picture(`${number}.png`, 'fox', 1, number);
    for (let round = 0; round < 10; round += 1) {
      const index = await library.open();
      const updating = index.update([library.root]).then(
        () => 'done',
        (error: { code?: string }) => error.code,
      );
      await index.close();
      expect(await updating).toBe('closed');
    }
  });

  it('keeps what was written', async () => {
    const library = temporaryLibrary();
    const path = library.picture('one.png', 'fox');
    const first = await library.open();
    await first.update([library.root]);
    await first.setTag([path], 1, 'add');
    await first.close();
    const second = await library.open();
    expect((await second.tagsOf([path])).get(path)?.[0]?.name).toBe('like');
    expect(await second.update([library.root])).toMatchObject({ unchanged: 1, added: 0 });
  });

  it('brings a database from before the list of words up to date, by name as well', async () => {
    const library = temporaryLibrary();
    for (const [at, name] of ['b.png', 'A.png', 'c.png'].entries())
      library.picture(name, `a treasure of number ${at}, 猫`, at, at);
    const first = await library.open();
    await first.update([library.root]);
    await first.close();
    const old = new Database(library.databasePath);
    old.exec(`
      DROP TABLE search_text; DROP TABLE search_word; DROP TABLE foreign_change; DROP INDEX image_tag_by_time;
      DROP TRIGGER foreign_tag_removed; DROP TRIGGER foreign_image_removed; DROP TRIGGER foreign_image_changed;
      DELETE FROM library_state WHERE name IN ('tags_noticed', 'seams');
      ALTER TABLE media_info DROP COLUMN name; ${withoutNewColumns}
      CREATE VIRTUAL TABLE search_text USING fts5(
        body, content='', contentless_delete=1, detail=none, tokenize='trigram case_sensitive 1');`);
    old.pragma('user_version = 6');
    old.close();
    const index = await library.open();
    expect(await index.backups()).toHaveLength(1);
    for (const [text, expected] of [
      ['reasu', ['c.png', 'A.png', 'b.png']],
      ['number 1', ['A.png']],
      ['猫', ['c.png', 'A.png', 'b.png']],
      ['treat', []],
    ] as const) {
      expect(names(await index.searchBySubstring({ text }))).toEqual(expected);
    }
    expect(names(await index.search({ sort: 'name' }))).toEqual(['A.png', 'b.png', 'c.png']);
    expect(await index.checkIntegrity()).toEqual([]);
    expect(await index.update([library.root])).toMatchObject({ unchanged: 3, added: 0, removed: 0 });
  });

  it('writes anew what finds words next to each other, in a database that has it otherwise', async () => {
    const library = temporaryLibrary();
    library.picture('fox.png', 'a red fox, of hair', 1, 1);
    library.picture('hen.png', 'a red hen', 2, 2);
    const first = await library.open();
    await first.update([library.root]);
    await first.close();
    const old = new Database(library.databasePath);
    old.exec(`
      INSERT INTO search_text (search_text) VALUES ('delete-all'); DELETE FROM search_word; DELETE FROM search_piece;
      DELETE FROM library_state WHERE name = 'seams';`);
    old.exec(`${withoutNewColumns}
      DROP TRIGGER foreign_tag_removed; DROP TRIGGER foreign_image_removed; DROP TRIGGER foreign_image_changed;
      ALTER TABLE foreign_change DROP COLUMN text;`);
    old.pragma('user_version = 9');
    old.close();
    const index = await library.open();
    expect(await index.backups()).toHaveLength(1);
    for (const [text, expected] of [
      ['red fox', ['fox.png']],
      ['of hair', ['fox.png']],
      ['a red', ['hen.png', 'fox.png']],
      ['ed', ['hen.png', 'fox.png']],
    ] as const) {
      expect(names(await index.searchBySubstring({ text }))).toEqual(expected);
    }
  });
});

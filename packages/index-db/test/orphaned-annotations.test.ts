import { renameSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { keepTextsAndTagIds } from '../src/sqlite/schema/migrations/own-texts-and-tag-ids.ts';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

/** An index whose one picture is away, which its user has tagged and rated. */
async function withOneAway() {
  const library = temporaryLibrary();
  const one = library.picture('one.png', 'fox', 1);
  // A library without any picture would be a drive that is away.
  library.picture('other.png', 'hen', 2);
  const index = await library.open();
  await index.update([library.root]);
  const kept = (await index.createTag('kept')).id;
  const removed = (await index.createTag('removed')).id;
  for (const tag of [kept, removed]) await index.setTag([one], tag, 'add');
  await index.setRating([one], 4);
  const away = `${library.base}/away.png`;
  renameSync(one, away);
  expect(await index.update([library.root])).toMatchObject({ removed: 1 });
  return { library, index, one, kept, removed, bringBack: () => renameSync(away, one) };
}

it('tags that an earlier version kept by name come back as the tags that have the names now', async () => {
  const { library, index, one, kept, removed, bringBack } = await withOneAway();
  await index.removeTag(removed);
  await index.close();
  const old = new Database(library.databasePath);
  old.exec(`
    UPDATE lost_mark SET tags = '["kept","removed"]';
    ALTER TABLE lost_mark DROP COLUMN tag_ids; ALTER TABLE lost_mark DROP COLUMN text;
    DROP TABLE merged_tag; DROP INDEX image_with_own_text;
    DROP TRIGGER foreign_tag_removed; DROP TRIGGER foreign_image_removed; DROP TRIGGER foreign_image_changed;
    ALTER TABLE foreign_change DROP COLUMN text;
    INSERT INTO lost_mark (path, bytes, fingerprint, rating, note, tags, lost_at)
      VALUES ('/damaged.png', 1, 1, 5, '', '["kept', 0);`);
  keepTextsAndTagIds(old);
  old.close();
  const again = await library.open();
  bringBack();
  await again.update([library.root]);
  expect((await again.tagsOf([one])).get(one)?.map(({ id }) => id)).toEqual([kept]);
  expect((await again.annotationsOf([one])).get(one)?.rating).toBe(4);
});

it('what was merged is followed over a restart, and tags that another program removed are not made again', async () => {
  const { library, index, one, kept, removed, bringBack } = await withOneAway();
  const target = (await index.createTag('target')).id;
  await index.mergeTags(kept, target);
  await index.close();
  const iib = new Database(library.databasePath);
  iib.prepare('DELETE FROM tag WHERE id = ?').run(removed);
  iib.close();
  const again = await library.open();
  bringBack();
  await again.update([library.root]);
  expect((await again.tagsOf([one])).get(one)?.map(({ id }) => id)).toEqual([target]);
  expect(
    (await again.basicInfo()).tags.filter(({ type }) => type === 'custom').map(({ name }) => name),
  ).toEqual(['like', 'target']);
});

const own = 'heron\nSteps: 7, Seed: 5, Model: own-model';

it('an edit that another program made counts like one of ours', async () => {
  const library = temporaryLibrary();
  const one = library.picture('one.png', 'fox', 1);
  const index = await library.open();
  await index.update([library.root]);
  const iib = new Database(library.databasePath);
  iib.prepare('UPDATE image SET exif = ?, exif_edited = 1 WHERE path = ?').run(own, one);
  iib.close();
  // Whatever is written next finds out.
  await index.setSetting('any', 1);
  for (const query of ['heron', 'seed:5', 'steps:7', 'model=own-model', 'tag=heron'])
    expect([query, names(await index.search({ query }))]).toEqual([query, ['one.png']]);
  for (const query of ['fox', 'tag=fox'])
    expect([query, names(await index.search({ query }))]).toEqual([query, []]);
  expect(await index.ownInfotexts([one])).toEqual(new Map([[one, own]]));
  expect((await index.basicInfo()).tags.find(({ name }) => name === 'fox')?.count).toBe(0);
});

it('an edit comes back with an image that another program took for gone', async () => {
  const library = temporaryLibrary();
  const one = library.picture('one.png', 'fox', 1);
  const index = await library.open();
  await index.update([library.root]);
  await index.setInfotext(one, own);
  const iib = new Database(library.databasePath);
  iib.exec(`DELETE FROM image_tag; DELETE FROM image`);
  iib.close();
  await index.setSetting('any', 1);
  expect((await index.basicInfo()).imageCount).toBe(0);
  await index.update([library.root], { reread: true });
  expect(await index.ownInfotexts([one])).toEqual(new Map([[one, own]]));
  expect(names(await index.search({ query: 'model=own-model seed:5' }))).toEqual(['one.png']);
});

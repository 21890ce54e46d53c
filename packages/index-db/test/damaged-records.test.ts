import { rmSync } from 'node:fs';
import Database from 'better-sqlite3';
import { expect, it } from 'vitest';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

const job = {
  id: 'j',
  kind: 'zip',
  owner: 'x',
  status: 'completed',
  stage: 'done',
  progress: 1,
  detail: {},
  createdTime: 1,
  updatedTime: 1,
} as const;

/** An index whose stored JSON was changed by another program while it was closed. */
async function reopened(sql: string) {
  const library = temporaryLibrary();
  const path = library.picture('one.png', 'fox', 1);
  const index = await library.open();
  await index.update([library.root]);
  const good = (await index.createTag('good')).id;
  const bad = (await index.createTag('bad')).id;
  const condition = { field: 'path', operator: 'contains', value: 'png' } as const;
  await index.setAutoTagRules([
    { tagId: bad, match: 'all', conditions: [{ ...condition, value: 'one' }] },
    { tagId: good, match: 'all', conditions: [condition] },
  ]);
  await index.saveSearch('a', { query: 'fox' });
  await index.saveSearch('b', { query: 'hen' });
  await index.saveJob(job, { bytes: 3 });
  await index.saveTitle('key', { title: 'Foxes', model: 'm', keywords: ['fox'] });
  await index.saveClusters('key', {
    folders: [library.root],
    model: 'm',
    parameters: {},
    embeddingsCount: 1,
    embeddingsUpdatedAt: '',
    result: { clusters: [] },
  });
  await index.setRating([path], 4);
  await index.close();
  const db = new Database(library.databasePath);
  db.exec(sql);
  db.close();
  return { library, path, good, bad, index: await library.open() };
}

const badRules: readonly (readonly [string, string])[] = [
  ['conditions = \'[{"field":\'', 'its conditions cannot be read'],
  ["conditions = '{}'", 'its conditions cannot be read'],
  ["conditions = '[null]'", 'its conditions cannot be read'],
  ['conditions = \'[{"field":"path","operator":"like","value":"x"}]\'', 'its conditions cannot be read'],
  ["matching = 'some'", 'its conditions cannot be read'],
  [
    'conditions = \'[{"field":"path","operator":"regex","value":"(?<=["}]\'',
    'Invalid regular expression: /(?<=[/ims: Unterminated character class',
  ],
  ['tag_id = 77777', 'its tag is gone'],
];

it.each(badRules)('a rule with %s tags nothing and is named; the others tag', async (change, reason) => {
  const { library, index, good } = await reopened(`UPDATE auto_tag_rule SET ${change} WHERE id = 1`);
  const tag = change.startsWith('tag_id') ? '77777' : '"bad"';
  expect(await index.unusableAutoTagRules()).toEqual([`rule 1, which gives the tag ${tag}: ${reason}`]);
  const path = library.picture('one-more.png', 'hen', 2);
  expect(await index.update([library.root])).toMatchObject({ added: 1, failed: [] });
  expect((await index.tagsOf([path])).get(path)?.map(({ name }) => name)).toEqual(['good']);
  const rule = { tagId: good, match: 'all', conditions: [] } as const;
  await index.setAutoTagRules([rule]);
  expect(await index.unusableAutoTagRules()).toEqual([]);
  expect(await index.autoTagRules()).toEqual([rule]);
});

it('names no rule where all are well', async () => {
  const { index } = await reopened('SELECT 1');
  expect(await index.unusableAutoTagRules()).toEqual([]);
});

it('what cannot be read of searches, jobs and caches is not there, and the rest is', async () => {
  const { index } = await reopened(`
    UPDATE saved_search SET query = '{"query' WHERE name = 'a';
    UPDATE job SET detail = '', result = '{';
    UPDATE topic_title_cache SET keywords = 'fox';
    UPDATE topic_cluster_cache SET result = '{"clu';
    INSERT INTO global_setting (name, setting_json) VALUES ('broken', '{'), ('none', NULL)`);
  expect([...(await index.savedSearches()).keys()]).toEqual(['b']);
  expect(await index.jobs()).toMatchObject([{ id: 'j', detail: undefined }]);
  expect(await index.jobResult('j')).toBeUndefined();
  expect(await index.cachedTitle('key')).toBeUndefined();
  expect(await index.cachedClusters('key')).toBeUndefined();
  expect((await index.settings()).get('broken')).toBe('{');
});

it('annotations of a file that comes back keep what can be read of them', async () => {
  const { library, path, index } = await reopened('SELECT 1');
  rmSync(path);
  library.picture('two.png', 'hen', 2);
  await index.update([library.root]);
  await index.close();
  const db = new Database(library.databasePath);
  db.exec(`UPDATE lost_mark SET tag_ids = '["good'`);
  db.close();
  const again = await library.open();
  library.picture('one.png', 'fox', 1);
  expect(await again.update([library.root])).toMatchObject({ added: 1, failed: [] });
  expect((await again.annotationsOf([path])).get(path)).toMatchObject({ rating: 4 });
  expect(names(await again.searchBySubstring({ text: 'fox' }))).toEqual(['one.png']);
});

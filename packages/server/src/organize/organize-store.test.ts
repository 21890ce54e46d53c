import { randomUUID } from 'node:crypto';
import { appendFile, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { LogLine } from './organize-log-line.ts';
import type { OrganizePlan } from './organize-plan.ts';
import type { OrganizeRecord } from './organize-record.ts';
import { openOrganizeStore } from './organize-store.ts';

function recordOf(id: string): OrganizeRecord {
  return {
    version: 1,
    id,
    phase: 'done',
    owner: 'x',
    createdTime: 1,
    updatedTime: 2,
    request: {
      folders: ['/a'],
      destFolder: '/b',
      threshold: 0.8,
      minClusterSize: 2,
      lang: 'en',
      recursive: true,
      folderNaming: 'title',
      maxFolderNameLength: 50,
      action: 'move',
      handleNoise: 'skip',
      noiseFolderName: 'rest',
    },
    confirmation: { folderEdits: [{ clusterId: '1', folderName: 'x' }], skippedIds: [] },
    ending: { status: 'failed', error: 'cut off' },
    result: { movedCount: 1, createdFolders: ['/b/x'], errors: [{ src: '/a/1.png', error: 'gone' }] },
    undo: { restoredCount: 0, errors: [] },
  };
}

const file = { from: '/a/1.png', to: '/b/x/1.png', bytes: 3, modifiedMs: 1.5 };
const plan: OrganizePlan = {
  clusters: [{ id: '1', folderName: 'x', title: 'X', keywords: ['fox'], files: [file] }],
  noise: { id: '__noise__', folderName: '', title: '', keywords: [], files: [] },
  errors: [],
};

/** A store with one run, and what it warns of. */
async function withOneRun() {
  const folder = await mkdtemp(path.join(tmpdir(), 'organize-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const warned: object[] = [];
  const log = { warn: (about: object) => void warned.push(about) };
  const id = randomUUID();
  const store = await openOrganizeStore(folder, log);
  await store.save(recordOf(id));
  await store.savePlan(id, plan);
  return { folder, id, store, warned, reopen: () => openOrganizeStore(folder, log) };
}

test('a run is read as it was written', async () => {
  const { id, warned, reopen } = await withOneRun();
  const store = await reopen();
  expect(store.all()).toEqual([recordOf(id)]);
  expect(await store.plan(id)).toEqual(plan);
  expect(warned).toEqual([]);
});

test.each([
  ['no JSON', '{"version":1'],
  ['nothing', 'null'],
  ['no owner', JSON.stringify({ ...recordOf('x'), owner: undefined })],
  ['a request without folders', JSON.stringify({ ...recordOf('x'), request: {} })],
])('a record with %s is named and left alone, and the others are there', async (_, text) => {
  const { folder, id, warned, reopen } = await withOneRun();
  const damaged = path.join(folder, randomUUID(), 'record.json');
  await mkdir(path.dirname(damaged));
  await writeFile(damaged, text);
  const store = await reopen();
  expect(store.all()).toEqual([recordOf(id)]);
  expect(warned).toEqual([{ file: damaged, err: undefined }]);
  await store.tidy();
});

test('a record that cannot be opened is named', async () => {
  const { folder, id, warned, reopen } = await withOneRun();
  const damaged = path.join(folder, randomUUID(), 'record.json');
  await mkdir(damaged, { recursive: true });
  expect((await reopen()).all()).toEqual([recordOf(id)]);
  expect(warned).toMatchObject([{ file: damaged, err: { code: 'EISDIR' } }]);
});

test('a plan that is damaged is not there, and is named', async () => {
  const { folder, id, warned, reopen } = await withOneRun();
  const damaged = path.join(folder, id, 'plan.json');
  await writeFile(damaged, JSON.stringify({ ...plan, clusters: [{ id: '1' }] }));
  expect(await (await reopen()).plan(id)).toBeUndefined();
  expect(warned).toEqual([{ file: damaged, err: undefined }]);
});

test('lines of a log that cannot be read are passed over and named, but for one that was cut off', async () => {
  const { folder, id, store, warned } = await withOneRun();
  const log = store.log(id);
  const lines: LogLine[] = [
    { step: 'confirmed', files: [file] },
    { step: 'making', folders: ['/b/x'] },
    { step: 'moving', files: [{ from: file.from, to: file.to }] },
    { step: 'moved', files: [{ from: file.from, to: file.to }], errors: [] },
    { step: 'undone', files: [], errors: [{ src: '/b/x/1.png', dest: '/a/1.png', error: 'gone' }] },
  ];
  for (const line of lines.slice(0, 2)) await log.append(line);
  const name = path.join(folder, id, 'log.jsonl');
  await appendFile(name, 'null\n{"step":"moving","files":[{}]}\n{"step":"flown"}\n');
  for (const line of lines.slice(2)) await log.append(line);
  await appendFile(name, '{"step":"mov');
  expect(await log.read()).toEqual(lines);
  expect(warned).toEqual([{ file: name, lines: [3, 4, 5] }]);
});

test('runs are kept for a year, the latest hundred of them, and those under way in any case', async () => {
  const { folder, id, store, reopen } = await withOneRun();
  const now = Date.now() / 1000;
  const yearSeconds = 365 * 24 * 3600;
  const save = (name: string, age: number, more: Partial<OrganizeRecord> = {}) =>
    store.save({ ...recordOf(name), updatedTime: now - age, ...more });
  const latest = Array.from({ length: 98 }, () => randomUUID());
  for (const [age, name] of latest.entries()) await save(name, age);
  const [old, tooOld, underWay] = [randomUUID(), randomUUID(), randomUUID()];
  await save(old, yearSeconds - 60);
  await save(tooOld, yearSeconds + 60);
  await save(underWay, 2 * yearSeconds, { phase: 'moving' });
  await store.remove(id);
  await store.tidy();
  expect(new Set((await reopen()).all().map((record) => record.id))).toEqual(
    new Set([...latest, old, underWay]),
  );
  for (const age of [1, 2]) await save(randomUUID(), age);
  await store.tidy((name) => name === old);
  expect(store.all().map((record) => record.id)).toContain(old);
  await store.tidy();
  expect(store.all().map((record) => record.id)).not.toContain(old);
  expect(await readdir(folder)).toHaveLength(101);
});

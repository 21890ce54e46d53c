import { appendFile, mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { afterAll, expect, test } from 'vitest';

import { thisProcess } from './journal-owner.ts';
import { createJournal } from './journal.ts';

const folder = await mkdtemp(path.join(tmpdir(), 'journal-'));
const journal = createJournal(folder);
const plan = {
  action: 'move',
  index: 'follow',
  groups: [[{ from: '/a/one.png', to: '/b/one.png' }]],
  tidy: [],
} as const;
const none = { records: [], damaged: [] };

afterAll(() => rm(folder, { recursive: true }));

/** Makes the newest record one of a process that has ended. */
async function abandon(): Promise<string> {
  const [name = ''] = await readdir(folder);
  const abandoned = name.replace(`-${thisProcess.pid}-`, '-4194305-');
  await rename(path.join(folder, name), path.join(folder, abandoned));
  return path.join(folder, abandoned);
}

test('a record of work that goes on is nobody else’s', async () => {
  const open = await journal.begin(plan);
  expect(await journal.abandoned()).toEqual(none);
  expect(await createJournal(folder).abandoned()).toEqual(none);
  await open.clear();
  expect(await readdir(folder)).toEqual([]);
});

test('a record of a process that ended tells the plan, and which copies were complete', async () => {
  const open = await journal.begin(plan);
  const [[entry]] = open.record.groups as unknown as [[{ part: string }]];
  await open.notePlacing(entry.part, { dev: 1, ino: 2 });
  await abandon();
  const { records, damaged } = await journal.abandoned();
  const [found, ...others] = records;
  expect([found?.record, others, damaged]).toEqual([
    {
      version: 1,
      ...plan,
      groups: [[{ ...plan.groups[0][0], part: expect.stringMatching(/^\/b\/\.iib-[0-9a-f]{16}-0\.part$/) }]],
    },
    [],
    [],
  ]);
  expect([...(found?.placing ?? [])]).toEqual([[entry.part, { dev: 1, ino: 2 }]]);
  await found?.clear();
  expect(await readdir(folder)).toEqual([]);
});

test('a line that was cut off is not read, and a record without a whole line goes', async () => {
  const open = await journal.begin(plan);
  const file = await abandon();
  await appendFile(file, '{"part":"/b/.iib-');
  const {
    records: [found],
  } = await journal.abandoned();
  expect(found?.placing.size).toBe(0);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, 20));
  expect(await journal.abandoned()).toEqual(none);
  expect(await readdir(folder)).toEqual([]);
  await open.clear();
});

const entry = { from: '/a/one.png', to: '/b/one.png', part: '/b/.iib-0123456789abcdef-0.part' };
const whole = { version: 1, ...plan, groups: [[entry]] };

test.each([
  ['no JSON', '{"version":1,'],
  ['nothing', 'null'],
  ['another version', JSON.stringify({ ...whole, version: 2 })],
  ['an unknown action', JSON.stringify({ ...whole, action: 'burn' })],
  ['no groups', JSON.stringify({ ...whole, groups: undefined })],
  ['an empty group', JSON.stringify({ ...whole, groups: [[]] })],
  ['a relative path', JSON.stringify({ ...whole, groups: [[{ ...entry, from: 'a/one.png' }]] })],
  ['a part that is no part', JSON.stringify({ ...whole, groups: [[{ ...entry, part: '/b' }]] })],
])('a record of %s is put aside, and the others are read', async (_, line) => {
  const damaged = '1-4194305-0-0123456789abcdef.jsonl';
  const good = '2-4194305-0-0123456789abcdef.jsonl';
  await writeFile(path.join(folder, damaged), `${line}\n`);
  const notes = [
    '{"part":',
    '{"part":"/etc","dev":1,"ino":2}',
    JSON.stringify({ part: entry.part, dev: 1, ino: 2 }),
  ];
  await writeFile(path.join(folder, good), [JSON.stringify(whole), ...notes, ''].join('\n'));
  const found = await journal.abandoned();
  expect(found.damaged).toEqual([path.join(folder, `${damaged}.damaged`)]);
  expect(found.records.map(({ record, placing }) => [record, [...placing]])).toEqual([
    [whole, [[entry.part, { dev: 1, ino: 2 }]]],
  ]);
  expect((await journal.abandoned()).damaged).toEqual([]);
  expect(await readFile(path.join(folder, `${damaged}.damaged`), 'utf8')).toBe(`${line}\n`);
  await rm(path.join(folder, good));
  await rm(path.join(folder, `${damaged}.damaged`));
});

test('a record that cannot be read does not keep the others', async () => {
  const name = '1-4194305-0-0123456789abcdef.jsonl';
  await mkdir(path.join(folder, name));
  expect(await journal.abandoned()).toEqual({ records: [], damaged: [path.join(folder, `${name}.damaged`)] });
  await rm(path.join(folder, `${name}.damaged`), { recursive: true });
});

test('a record of another process that runs is left alone', async () => {
  const name = `1-${process.ppid}-${startOf(await readFile(`/proc/${process.ppid}/stat`, 'utf8').catch(() => ''))}-0123456789abcdef.jsonl`;
  await writeFile(path.join(folder, name), `${JSON.stringify({ version: 1, ...plan })}\n`);
  expect(await journal.abandoned()).toEqual(none);
  expect(await readdir(folder)).toEqual([name]);
});

function startOf(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
}

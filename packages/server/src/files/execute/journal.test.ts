import { appendFile, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
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
  expect(await journal.abandoned()).toEqual([]);
  expect(await createJournal(folder).abandoned()).toEqual([]);
  await open.clear();
  expect(await readdir(folder)).toEqual([]);
});

test('a record of a process that ended tells the plan, and which copies were complete', async () => {
  const open = await journal.begin(plan);
  const [[entry]] = open.record.groups as unknown as [[{ part: string }]];
  await open.notePlacing(entry.part, { dev: 1, ino: 2 });
  await abandon();
  const [found, ...others] = await journal.abandoned();
  expect([found?.record, others]).toEqual([
    {
      version: 1,
      ...plan,
      groups: [[{ ...plan.groups[0][0], part: expect.stringMatching(/^\/b\/\.iib-[0-9a-f]{16}-0\.part$/) }]],
    },
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
  const [found] = await journal.abandoned();
  expect(found?.placing.size).toBe(0);
  await writeFile(file, (await readFile(file, 'utf8')).slice(0, 20));
  expect(await journal.abandoned()).toEqual([]);
  expect(await readdir(folder)).toEqual([]);
  await open.clear();
});

test('a record of another process that runs is left alone', async () => {
  const name = `1-${process.ppid}-${startOf(await readFile(`/proc/${process.ppid}/stat`, 'utf8').catch(() => ''))}-0123456789abcdef.jsonl`;
  await writeFile(path.join(folder, name), `${JSON.stringify({ version: 1, ...plan })}\n`);
  expect(await journal.abandoned()).toEqual([]);
  expect(await readdir(folder)).toEqual([name]);
});

function startOf(stat: string): string {
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '0';
}

import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { expect, onTestFinished, test } from 'vitest';

import type { Library } from '../../library/library.ts';
import { executePlan } from './execute-plan.ts';
import { createIndexFollower } from './index-follower.ts';
import { createJournal } from './journal.ts';

/** A file, and an index that notes what it is told and where the file is then. */
async function made() {
  const folder = await mkdtemp(path.join(tmpdir(), 'iib-execute-plan-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const at = (name: string) => path.join(folder, name);
  await writeFile(at('a.png'), 'a picture');
  const told: unknown[] = [];
  const note = (what: string) => async (paths: unknown) => {
    told.push([what, paths, existsSync(at('a.png')) ? 'before' : 'after']);
  };
  const index = createIndexFollower({
    index: {
      reservePaths: note('hold'),
      releasePaths: note('release'),
      movePaths: note('move'),
      removePaths: note('remove'),
      storePaths: note('store'),
      forgetStored: note('forget stored'),
      returnPaths: note('return'),
      update: () => Promise.reject(new Error('nothing is to be read')),
      readPaths: () => Promise.reject(new Error('nothing is to be read')),
    },
    library: { contains: () => false } as unknown as Library,
    log: { warn: () => undefined, error: () => undefined },
  });
  const run = (to: string, action: 'move' | 'remove', how: 'follow' | 'forget') =>
    executePlan(
      { action, index: how, groups: [[{ from: at('a.png'), to, alias: at('alias.png') }]], tidy: [] },
      {
        journal: createJournal(at('journal')),
        index,
        bounds: async () => undefined,
        continueOnError: false,
      },
    );
  return { at, told, run };
}

test('the index holds what is moved from before it is touched until it was told', async () => {
  const { at, told, run } = await made();
  await run(at('b.png'), 'move', 'follow');
  const paths = [at('a.png'), at('alias.png')];
  const moves = paths.map((from) => ({ from, to: at('b.png') }));
  expect(told).toEqual([
    ['hold', paths, 'before'],
    ['move', moves, 'after'],
    ['release', paths, 'after'],
  ]);
});

test('what could not be moved is released', async () => {
  const { at, told, run } = await made();
  await expect(run(at('missing/b.png'), 'move', 'follow')).rejects.toMatchObject({ code: 'missing' });
  expect(told).toEqual([
    ['hold', expect.anything(), 'before'],
    ['move', [], 'before'],
    ['release', expect.anything(), 'before'],
  ]);
});

test('what is removed is held as well, so that nothing is done that the index cannot be told', async () => {
  const { at, told, run } = await made();
  await run(at('a.png'), 'remove', 'forget');
  const paths = [at('a.png'), at('alias.png')];
  expect(told).toEqual([
    ['hold', paths, 'before'],
    ['remove', paths, 'after'],
    ['release', paths, 'after'],
  ]);
});

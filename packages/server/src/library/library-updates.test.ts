import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import type { IndexSummary } from '@iib-kit/catalog';
import { openIndex } from '@iib-kit/index-db';
import { expect, onTestFinished, test } from 'vitest';

import { openJobs } from '../jobs/open-jobs.ts';
import { libraryUpdates } from './library-updates.ts';

const nothing: IndexSummary = {
  added: 0,
  changed: 0,
  moved: 0,
  removed: 0,
  unchanged: 0,
  unavailable: [],
  linkedFolders: [],
  skippedLinks: [],
  failed: [],
  durationMs: 1,
};

const log = { info() {}, warn() {}, error() {} };

/** Updates of one folder by an index that says what it was asked. */
async function made() {
  const folder = mkdtempSync(path.join(tmpdir(), 'iib-updates-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const stored = await openIndex({ path: path.join(folder, 'iib.db'), readers: 1 });
  const jobs = await openJobs({ index: stored, log, messageFor: () => undefined });
  onTestFinished(async () => {
    await jobs.close();
    await stored.close();
  });
  const asked: string[] = [];
  const index = {
    update: (_: readonly string[], { reread }: { reread?: boolean } = {}) => {
      asked.push(reread === true ? 'reread' : 'update');
      return Promise.resolve(nothing);
    },
    optimize: () => {
      asked.push('optimize');
      return Promise.resolve();
    },
  };
  const library = { folders: () => ['/library'], onChange: () => () => {}, lookAgain() {} };
  return { updates: libraryUpdates(library, { index, jobs, linkTargets: [], log }), asked };
}

test('reading everything again ends with an index stored as a new one, an update does not', async () => {
  const { updates, asked } = await made();
  await updates.update();
  await updates.updateJob({ reread: true }).done;
  expect(asked).toEqual(['update', 'reread', 'optimize']);
});

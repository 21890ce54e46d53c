import { expect, test } from 'vitest';

import type { LibraryOverview, Backups } from '@iib-kit/catalog';
import { keepBackups } from './keep-backups.ts';

const hour = 3_600_000;
const day = 24 * hour;

/** The part of an index that is used, over a clock that is set by hand; the real one copies in `test/backups.test.ts`. */
function indexWith(copies: string[], { fails, imageCount = 1 }: { fails?: Error; imageCount?: number } = {}) {
  const clock = { now: Date.parse('2024-05-06T07:08:09Z'), passed: 0 };
  const asked: number[] = [];
  const index = {
    basicInfo: async () => ({ imageCount, tags: [], expiredFolders: [] }),
    backups: async () => copies,
    backUp: async ({ kept = 3 }: { kept?: number } = {}) => {
      if (fails !== undefined) throw fails;
      asked.push(kept);
      const stamp = new Date(clock.now).toISOString().replaceAll(/[-:.]/g, '');
      copies.push(`/data/iib.db.${stamp}-${copies.length + 1}.bak`);
      return 'copy';
    },
  } as Pick<LibraryOverview, 'basicInfo'> & Backups;
  const told: string[] = [];
  const log = { warn: (_: object, message: string) => void told.push(message), error: () => {} };
  const backups = keepBackups(index, {
    kept: 4,
    log,
    clock: { date: () => clock.now, elapsed: () => clock.passed },
  });
  const wait = (milliseconds: number) => {
    clock.now += milliseconds;
    clock.passed += milliseconds;
  };
  /** Looks whether a copy is due, as it does by itself now and then, and waits for it. */
  const look = async () => {
    backups.start();
    backups.close();
    // In turn after the other.
    const before = copies.length;
    await settled();
    return copies.length - before;
  };
  return { asked, backups, clock, copies, told, wait, look };
}

const settled = async () => new Promise((resolve) => setImmediate(resolve));

test.each([
  ['none was made yet', [], [4]],
  ['the last is of yesterday', ['/data/iib.db.20240505T235959000Z-1.bak'], [4]],
  [
    'one is of today',
    ['/data/iib.db.20240505T235959000Z-1.bak', '/data/iib.db.20240506T000001000Z-2.bak'],
    [],
  ],
  ['one of an earlier version is of today', ['/data/iib.db.20240506T000001000Z.bak'], []],
  ['only the folder is named like today', ['/20240506T/iib.db.20240505T235959000Z.bak'], [4]],
])('at a start when %s', async (_, copies, expected) => {
  const { asked, look } = indexWith([...copies]);
  await look();
  expect(asked).toEqual(expected);
});

test('one is made each day while it runs, and no two in a day', async () => {
  const { look, wait } = indexWith([]);
  const made: number[] = [];
  for (let passed = 0; passed < 3 * day; passed += 6 * hour) {
    made.push(await look());
    wait(6 * hour);
  }
  expect(made).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0]);
});

test.each([
  ['forwards', 400 * day],
  ['backwards', -400 * day],
])('a clock that jumps %s makes no copy for nothing, and none is missed', async (_, jump) => {
  const { clock, look, wait } = indexWith([]);
  expect(await look()).toBe(1);
  clock.now += jump;
  expect(await look()).toBe(0);
  wait(day);
  expect(await look()).toBe(1);
  clock.now -= jump;
  expect(await look()).toBe(0);
  wait(31 * hour);
  expect(await look()).toBe(1);
});

test('before risky work one is made unless there is a recent one', async () => {
  const { backups, copies, wait } = indexWith([]);
  await Promise.all([backups.beforeRisk(), backups.beforeRisk()]);
  expect(copies).toHaveLength(1);
  wait(hour / 2);
  await backups.beforeRisk();
  expect(copies).toHaveLength(1);
  wait(hour);
  await backups.beforeRisk();
  expect(copies).toHaveLength(2);
});

test('one that another process made a moment ago will do, one of a later date will not', async () => {
  const before = indexWith(['/data/iib.db.20240506T065500000Z-1.bak']);
  await before.backups.beforeRisk();
  expect(before.copies).toHaveLength(1);
  const later = indexWith(['/data/iib.db.20300101T000000000Z-1.bak']);
  await later.backups.beforeRisk();
  expect(later.copies).toHaveLength(2);
});

test('none is made of an index without images, which would be the only one of its day', async () => {
  const { asked, backups, look } = indexWith([], { imageCount: 0 });
  await look();
  await backups.beforeRisk();
  expect(asked).toEqual([]);
});

test('a copy that fails is a warning, and keeps no work from being done', async () => {
  const full = indexWith([], { fails: new Error('disk full') });
  await full.backups.beforeRisk();
  expect(full.told).toEqual(['the index could not be backed up']);
  const closed = indexWith([], { fails: Object.assign(new Error('closed'), { code: 'closed' }) });
  await closed.backups.beforeRisk();
  expect(closed.told).toEqual([]);
});

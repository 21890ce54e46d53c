import { expect, test } from 'vitest';

import { backUpDaily } from './daily-backup.ts';
import type { ImageIndex } from '@iib-kit/catalog';

/** The part of an index that is used; the real one copies in `test/options.test.ts`. */
function indexWith(copies: string[], { fails, imageCount = 1 }: { fails?: Error; imageCount?: number } = {}) {
  const asked: number[] = [];
  const index = {
    basicInfo: async () => ({ imageCount, tags: [], expiredFolders: [] }),
    backups: async () => copies,
    backUp: async ({ kept }: { kept: number }) => {
      if (fails !== undefined) throw fails;
      asked.push(kept);
      return 'copy';
    },
  } as Partial<ImageIndex> as ImageIndex;
  const told: string[] = [];
  const log = { warn: (_: object, message: string) => void told.push(message), error: () => {} };
  return { index, asked, log, told };
}

const now = new Date('2024-05-06T07:08:09Z');

test.each([
  ['none was made yet', [], [4]],
  ['the last is of yesterday', ['/data/iib.db.20240505T235959000Z.bak'], [4]],
  ['one is of today', ['/data/iib.db.20240505T235959000Z.bak', '/data/iib.db.20240506T000001000Z.bak'], []],
  ['only the folder is named like today', ['/20240506T/iib.db.20240505T235959000Z.bak'], [4]],
])('%s', async (_, copies, expected) => {
  const { index, asked, log } = indexWith(copies);
  await backUpDaily(index, 4, log, now);
  expect(asked).toEqual(expected);
});

test('none is made where none is wanted', async () => {
  const { index, asked, log } = indexWith([]);
  await backUpDaily(index, 0, log, now);
  expect(asked).toEqual([]);
});

test('none is made of an index without images, which would be the only one of its day', async () => {
  const { index, asked, log } = indexWith([], { imageCount: 0 });
  await backUpDaily(index, 4, log, now);
  expect(asked).toEqual([]);
});

test('a copy that fails is a warning, one that the end of the service cut off is not', async () => {
  const full = indexWith([], { fails: new Error('disk full') });
  await backUpDaily(full.index, 4, full.log, now);
  expect(full.told).toEqual(['the index could not be backed up']);
  const closed = indexWith([], { fails: Object.assign(new Error('closed'), { code: 'closed' }) });
  await backUpDaily(closed.index, 4, closed.log, now);
  expect(closed.told).toEqual([]);
});

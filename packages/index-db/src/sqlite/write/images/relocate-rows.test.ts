import { beforeEach, expect, it } from 'vitest';
import { scannedFile } from '../../../../test/helpers/scanned-file.ts';
import { openWriterStore, type WriterStore } from '../writer-store.ts';
import { movePaths } from './follow-paths.ts';
import { relocateRows } from './relocate-rows.ts';
import { writeBatch } from './write-batch.ts';

let store: WriterStore;
const paths = (): unknown => store.db.prepare('SELECT id, path FROM image ORDER BY id').raw().all();
const to = (id: number, path: string) => ({ id, path, folder: '/p' });

beforeEach(async () => {
  store = await openWriterStore(':memory:');
  const files = ['/p/1.png', '/p/2.png', '/p/3.png'].map((path) => scannedFile(path));
  writeBatch(store, { files, failures: [], tags: [] });
});

it('lets rows exchange their paths, and takes away the one that is left without', () => {
  expect(relocateRows(store, [to(1, '/p/2.png'), to(2, '/p/1.png')])).toBe(0);
  expect(paths()).toEqual([
    [1, '/p/2.png'],
    [2, '/p/1.png'],
    [3, '/p/3.png'],
  ]);
  expect(relocateRows(store, [to(3, '/p/1.png')])).toBe(1);
  expect(paths()).toEqual([
    [1, '/p/2.png'],
    [3, '/p/1.png'],
  ]);
});

it('leaves alone what a caller moved since the scan looked', () => {
  store.moves.beginScan();
  movePaths(store, [{ from: '/p/2.png', to: '/p/moved.png' }]);
  expect(relocateRows(store, [to(1, '/p/2.png'), to(2, '/p/1.png'), to(3, '/p/4.png')])).toBe(0);
  expect(paths()).toEqual([
    [1, '/p/1.png'],
    [2, '/p/moved.png'],
    [3, '/p/4.png'],
  ]);
});

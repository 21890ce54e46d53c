import { dirname } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ScannedFile } from '@iib-kit/catalog/scan';
import { movePaths, removePaths } from '../src/sqlite/write/images/follow-paths.ts';
import type { BegunScan } from '../src/sqlite/write/images/in-flight-moves.ts';
import { removeMissing, saveFolders, writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { openWriterStore, type WriterStore } from '../src/sqlite/write/writer-store.ts';

let store: WriterStore;
let scan: BegunScan;

const scanned = (path: string, id?: number): ScannedFile => ({
  id,
  path,
  folder: dirname(path),
  bytes: 1,
  modified: 1,
  created: 1,
  media: 0,
  width: 1,
  height: 1,
  fingerprint: path.length,
  sidecar: 0,
  text: '',
  tags: [],
  seed: undefined,
  steps: undefined,
  cfgScale: undefined,
  generator: undefined,
});
const write = (...files: ScannedFile[]): void => writeBatch(store, { files, failures: [], tags: [] });
const paths = (): unknown[] => store.db.prepare('SELECT path FROM image ORDER BY path').pluck().all();
const folders = (): unknown[] =>
  store.db.prepare('SELECT path, manifest FROM folders ORDER BY path').raw().all();
const idOf = (path: string): number => store.images.idOf(path) ?? NaN;
const folderId = (path: string): number =>
  store.db.prepare<[string], number>('SELECT id FROM folders WHERE path = ?').pluck().get(path) ?? NaN;
const missing = (...images: { id: number; path: string }[]): number =>
  removeMissing(store, { images, failures: [] });
const indexed = (path: string) => ({ path, modified: 1, manifest: 7, isMountPoint: false });

/** No row of any table hangs on an image or a folder that is not there. */
function expectSound(): void {
  expect(store.db.pragma('foreign_key_check')).toEqual([]);
  for (const [table, column, of] of [
    ['media_info', 'image_id', 'image'],
    ['media_info', 'folder_id', 'folders'],
    ['image_tag', 'image_id', 'image'],
  ]) {
    const lost = store.db
      .prepare(`SELECT * FROM ${table} WHERE ${column} NOT IN (SELECT id FROM ${of})`)
      .all();
    expect(lost, `${table}.${column}`).toEqual([]);
  }
}

beforeEach(async () => {
  store = await openWriterStore(':memory:');
  write(scanned('/p/a/1.png'), scanned('/p/a/2.png'));
  saveFolders(store, { indexed: [indexed('/p/a')], gone: [] });
  scan = store.moves.beginScan();
  return () => {
    expectSound();
    store.db.close();
  };
});

describe('what a scan that began before says of a file', () => {
  it('that was moved with its folder: neither is gone', () => {
    const one = { id: idOf('/p/a/1.png'), path: '/p/a/1.png' };
    const gone = { id: folderId('/p/a'), path: '/p/a' };
    movePaths(store, [{ from: '/p/a', to: '/p/b' }]);
    expect(missing(one)).toBe(0);
    saveFolders(store, { indexed: [], gone: [gone] });
    expect(paths()).toEqual(['/p/b/1.png', '/p/b/2.png']);
    expect(folders()).toEqual([['/p/b', null]]);
  });

  it('of a folder that was empty and got images meanwhile: it stays', () => {
    const gone = { id: folderId('/p/a'), path: '/p/a' };
    movePaths(store, [{ from: '/p/a/1.png', to: '/p/b/1.png' }]);
    movePaths(store, [{ from: '/p/b/1.png', to: '/p/a/1.png' }]);
    saveFolders(store, { indexed: [], gone: [gone] });
    expect(folders()).toContainEqual(['/p/a', null]);
  });

  it('that it took for a moved one, which went elsewhere: it is a new one', () => {
    const one = idOf('/p/a/1.png');
    movePaths(store, [{ from: '/p/a/1.png', to: '/p/b/1.png' }]);
    write(scanned('/p/c/1.png', one));
    expect(paths()).toEqual(['/p/a/2.png', '/p/b/1.png', '/p/c/1.png']);
    expect(idOf('/p/b/1.png')).toBe(one);
  });

  it('that was removed after it was read: it is not found again', () => {
    const one = idOf('/p/a/1.png');
    removePaths(store, ['/p/a']);
    write(scanned('/p/a/1.png', one), scanned('/p/a/3.png'));
    writeBatch(store, {
      files: [],
      failures: [
        { path: '/p/a/x.png', folder: '/p/a', bytes: 1, modified: 1, reason: 'not-media', message: '' },
      ],
      tags: [],
    });
    expect(paths()).toEqual([]);
    expect(store.db.prepare('SELECT path FROM scan_failure').all()).toEqual([]);
  });

  it('that was removed and may be there again: the next one looks', () => {
    removePaths(store, ['/p/a/1.png']);
    write(scanned('/p/a/1.png'));
    saveFolders(store, { indexed: [indexed('/p/a')], gone: [] });
    expect(paths()).toEqual(['/p/a/2.png']);
    expect(folders()).toEqual([['/p/a', null]]);
  });

  it('in a folder that is no longer of the library: neither is found', () => {
    removePaths(store, ['/p']);
    write(scanned('/p/a/1.png'), scanned('/p/c/1.png'), scanned('/q/1.png'));
    saveFolders(store, { indexed: [indexed('/p/a'), indexed('/p/c'), indexed('/q')], gone: [] });
    expect(paths()).toEqual(['/q/1.png']);
    expect(folders()).toEqual([['/q', 7]]);
  });

  it('whose row another program took away: it is a new one', () => {
    const one = idOf('/p/a/1.png');
    store.bulkTransaction(() => store.images.remove(one));
    write(scanned('/p/b/1.png', one));
    expect(paths()).toEqual(['/p/a/2.png', '/p/b/1.png']);
  });
});

describe('what is held', () => {
  it('is looked for again by the next update, should it be gone after all', () => {
    store.moves.reserve(['/p/a/1.png']);
    missing({ id: idOf('/p/a/1.png'), path: '/p/a/1.png' });
    store.moves.release(['/p/a/1.png']);
    saveFolders(store, { indexed: [indexed('/p/a')], gone: [] });
    expect(folders()).toEqual([['/p/a', null]]);
  });
});

describe('a later scan', () => {
  it('is believed', () => {
    movePaths(store, [{ from: '/p/a/1.png', to: '/p/b/1.png' }]);
    const next = store.moves.beginScan();
    expect([scan.isUnderWay(), next.isUnderWay()]).toEqual([false, true]);
    // It is told of the end of the scan before only now.
    scan.end();
    expect(missing({ id: idOf('/p/b/1.png'), path: '/p/b/1.png' })).toBe(1);
    const two = { id: idOf('/p/a/2.png'), path: '/p/a/2.png' };
    movePaths(store, [{ from: '/p/a/2.png', to: '/p/b/2.png' }]);
    expect(missing(two)).toBe(0);
    next.end();
    expect(next.isUnderWay()).toBe(false);
    expect(missing({ id: two.id, path: '/p/b/2.png' })).toBe(1);
  });
});

import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ScannedFile } from '@iib-kit/catalog/scan';
import { searchBySubstring } from '../src/sqlite/read/search/plan-substring.ts';
import { searchByTags } from '../src/sqlite/read/search/plan-tags.ts';
import { setTag } from '../src/sqlite/write/tags/custom-tags.ts';
import { recountTags } from '../src/sqlite/tables/recount-tags.ts';
import { writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import { openWriterStore, type WriterStore } from '../src/sqlite/write/writer-store.ts';

const words = ['fox', 'hen'].map((name) => ({ type: 'pos', name }));
const path = (number: number): string => `/p/${number}.png`;
const number = fc.nat(4);
const isOn = fc.boolean();

const operation = fc.oneof(
  fc.record({ kind: fc.constant('write' as const), number, tags: fc.subarray([0, 1]) }),
  fc.record({ kind: fc.constant('tag' as const), number, isOn }),
  fc.record({ kind: fc.constant('iib-add' as const), number, isOn }),
  fc.record({ kind: fc.constant('iib-tag' as const), number, isOn }),
  fc.record({ kind: fc.constant('iib-remove' as const), number }),
  fc.record({ kind: fc.constant('iib-rename' as const), number, to: number }),
  fc.record({ kind: fc.constant('iib-edit' as const), number }),
);
type Operation = typeof operation extends fc.Arbitrary<infer T> ? T : never;

/** Does what IIB does, in a connection that knows nothing of ours. */
function actAsIib(iib: Database.Database, step: Operation): void {
  const id = iib
    .prepare<[string], number>('SELECT id FROM image WHERE path = ?')
    .pluck()
    .get(path(step.number));
  const tag = (image: number | bigint): unknown =>
    iib
      .prepare(
        'INSERT OR IGNORE INTO image_tag (image_id, tag_id, created_at) VALUES (?, 1, CURRENT_TIMESTAMP)',
      )
      .run(image);
  if (step.kind === 'iib-add') {
    // As it is: a row of the same path is replaced, with another id.
    const added = iib
      .prepare('INSERT OR REPLACE INTO image (path, exif, size, date) VALUES (?, ?, 1, ?)')
      .run(path(step.number), 'owl', '2024-01-01 00:00:00');
    if (step.isOn) tag(added.lastInsertRowid);
  }
  if (id === undefined) return;
  if (step.kind === 'iib-tag') {
    if (step.isOn) tag(id);
    else iib.prepare('DELETE FROM image_tag WHERE image_id = ? AND tag_id = 1').run(id);
  }
  if (step.kind === 'iib-remove') {
    iib.prepare('DELETE FROM image_tag WHERE image_id = ?').run(id);
    iib.prepare('DELETE FROM image WHERE id = ?').run(id);
  }
  if (step.kind === 'iib-rename' && step.to !== step.number) {
    iib.prepare('DELETE FROM image WHERE path = ?').run(path(step.to));
    iib.prepare('UPDATE image SET path = ? WHERE id = ?').run(path(step.to), id);
  }
  if (step.kind === 'iib-edit') iib.prepare('UPDATE image SET exif = ? WHERE id = ?').run('newt', id);
}

function apply(store: WriterStore, iib: Database.Database, step: Operation): void {
  if (step.kind === 'write') {
    const file = {
      path: path(step.number),
      folder: '/p',
      bytes: 1,
      created: 0,
      media: 0,
      text: 'yak',
      modified: step.number,
    };
    const scanned = {
      ...file,
      fingerprint: step.number,
      sidecar: 0,
      tags: step.tags,
    } as unknown as ScannedFile;
    writeBatch(store, { files: [scanned], failures: [], tags: words });
  } else if (step.kind === 'tag') {
    if (store.images.idOf(path(step.number)) === undefined) return;
    setTag(store, [path(step.number)], 1, step.isOn ? 'add' : 'remove');
  } else actAsIib(iib, step);
}

it('searches and counts agree with the rows whatever we and IIB write in turn', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'index-db-foreign-'));
  let run = 0;
  try {
    await fc.assert(
      fc.asyncProperty(fc.array(operation, { maxLength: 14 }), async (steps) => {
        run += 1;
        const file = join(folder, `${run}.db`);
        const store = await openWriterStore(file);
        addSqlFunctions(store.db);
        const iib = new Database(file);
        iib.pragma('foreign_keys = OFF');
        for (const step of steps) apply(store, iib, step);
        store.noticeExternal();
        iib.close();
        const { db } = store;
        // What IIB leaves behind of rows that it replaced is its own.
        db.exec('DELETE FROM image_tag WHERE image_id NOT IN (SELECT id FROM image)');
        expect(recountTags(db)).toBe(0);
        const rows = db
          .prepare<[], { path: string; text: string }>('SELECT path, exif AS text FROM image')
          .all();
        const counted =
          db.prepare(`SELECT value FROM library_state WHERE name = 'image_count'`).pluck().get() ?? 0;
        expect([counted, db.prepare('SELECT count(*) FROM media_info').pluck().get()]).toEqual([
          rows.length,
          rows.length,
        ]);
        for (const word of ['owl', 'newt', 'yak']) {
          const found = searchBySubstring(db, { text: word }).items.map((image) => image.path);
          const expected = rows.filter(({ text }) => text === word).map((row) => row.path);
          expect(found.toSorted()).toEqual(expected.toSorted());
        }
        for (const id of db.prepare<[], number>('SELECT id FROM tag').pluck().all()) {
          const found = searchByTags(db, { and: [id], or: [], not: [] }).items.map((image) => image.path);
          const expected = db
            .prepare<[number], string>(
              'SELECT i.path FROM image i JOIN image_tag t ON t.image_id = i.id WHERE t.tag_id = ?',
            )
            .pluck()
            .all(id);
          expect(found.toSorted()).toEqual(expected.toSorted());
        }
        db.close();
      }),
      { numRuns: 60 },
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

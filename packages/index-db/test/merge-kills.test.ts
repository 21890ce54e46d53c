import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import type { Sqlite } from '../src/sqlite/connection/sqlite.ts';
import { searchBySubstring } from '../src/sqlite/read/search/plan-substring.ts';
import { searchByTags } from '../src/sqlite/read/search/plan-tags.ts';
import { writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';
import { callInProgram } from './helpers/called-program.ts';
import { scannedFile } from './helpers/scanned-file.ts';

const count = 4000;

/** A database of an earlier version in which every ten documents are a run, each older than the one before. */
async function fill(path: string): Promise<void> {
  const store = await openWriterStore(path);
  const files = Array.from({ length: count }, (_, at) =>
    scannedFile(`/p/${at}.png`, { modified: at, text: `fox ${at}, and as many words as this`, tags: [0] }),
  );
  writeBatch(store, { files, failures: [], tags: [{ type: 'pos', name: 'hen' }] });
  store.db.exec(`
    UPDATE media_info SET modified = ${count} - 10 * ((doc - 1) / 10) + doc % 10 WHERE doc % 10 <> 0;
    UPDATE media_info SET modified = ${count} - 10 * ((doc - 1) / 10) + 10 WHERE doc % 10 = 0;
    DELETE FROM search_run;
    INSERT INTO search_run SELECT doc - 9, doc, modified, image_id FROM media_info WHERE doc % 10 = 0;`);
  store.db.close();
}

/** Each finds all images. */
const searches = {
  text: (db: Sqlite, cursor: string) => searchBySubstring(db, { text: 'fox', size: 500, cursor }),
  path: (db: Sqlite, cursor: string) =>
    searchBySubstring(db, { text: '.png', pathOnly: true, size: 500, cursor }),
  tags: (db: Sqlite, cursor: string) => {
    const id = db.prepare<[], number>(`SELECT id FROM tag WHERE name = 'hen'`).pluck().get() ?? 0;
    return searchByTags(db, { and: [id], or: [], not: [], size: 500, cursor });
  },
};

/** What is wrong with the file, and how many runs it has. */
async function look(path: string): Promise<{ wrong: unknown[]; runs: number; isMerging: boolean }> {
  const { db, documents } = await openWriterStore(path);
  addSqlFunctions(db);
  const wrong: unknown[] = [];
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') wrong.push(integrity);
  const expected = db
    .prepare<[], string>(
      `SELECT i.path FROM media_info m JOIN image i ON i.id = m.image_id ORDER BY m.modified DESC, m.image_id DESC`,
    )
    .pluck()
    .all();
  for (const [name, ask] of Object.entries(searches)) {
    for (let cursor = '', at = 0; at < count; at += 500) {
      const { items, next } = ask(db, cursor);
      const found = items.map((item) => item.path);
      if (found.join() !== expected.slice(at, at + 500).join()) wrong.push(`${name}: the page from ${at}`);
      cursor = next;
    }
  }
  for (const table of ['search_text', 'search_path', 'search_tags']) {
    // What was moved stays in the tables until all was.
    const inUse = documents.runs.merge === undefined ? '' : 'WHERE id IN (SELECT doc FROM media_info)';
    const rows = db.prepare(`SELECT count(*) FROM ${table}_docsize ${inUse}`).pluck().get();
    if (rows !== count) wrong.push(`${String(rows)} rows of ${table}`);
  }
  const outcome = { wrong, runs: documents.runs.runs.length, isMerging: documents.runs.merge !== undefined };
  db.close();
  return outcome;
}

it('a merge that is killed again and again leaves a sound file, and goes on to its end', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'index-db-merge-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'iib.db');
  await fill(path);
  let interrupted = 0;
  for (const atMost of [40, 100, 200, 400]) {
    const afterMs = atMost * (0.5 + Math.random() / 2);
    const program = await callInProgram(path, 'optimize');
    await new Promise((resolve) => setTimeout(resolve, afterMs));
    await program.kill();
    const { wrong, isMerging } = await look(path);
    expect(wrong).toEqual([]);
    if (isMerging) interrupted += 1;
  }
  expect(interrupted).toBeGreaterThan(0);
  // Two programs at once do it together: whoever has the lock goes on where the other stopped.
  const both = await Promise.all([callInProgram(path, 'optimize'), callInProgram(path, 'optimize')]);
  expect(await Promise.all(both.map(({ ended }) => ended))).toEqual([0, 0]);
  expect(await look(path)).toEqual({ wrong: [], runs: 1, isMerging: false });
}, 120_000);

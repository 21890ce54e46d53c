import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { addSqlFunctions } from '../src/sqlite/connection/sql-functions.ts';
import { searchBySubstring } from '../src/sqlite/read/search/plan-substring.ts';
import { writeBatch } from '../src/sqlite/write/images/write-batch.ts';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';
import { callInProgram } from './helpers/called-program.ts';
import { scannedFile } from './helpers/scanned-file.ts';

const count = 4000;

/** A database of an earlier version in which every ten documents are a run, each older than the one before. */
async function fill(path: string): Promise<void> {
  const store = await openWriterStore(path);
  const files = Array.from({ length: count }, (_, at) =>
    scannedFile(`/p/${at}.png`, { modified: at, text: `fox ${at}, and as many words as this` }),
  );
  writeBatch(store, { files, failures: [], tags: [] });
  store.db.exec(`
    UPDATE media_info SET modified = ${count} - 10 * ((doc - 1) / 10) + doc % 10 WHERE doc % 10 <> 0;
    UPDATE media_info SET modified = ${count} - 10 * ((doc - 1) / 10) + 10 WHERE doc % 10 = 0;
    DELETE FROM search_run;
    INSERT INTO search_run SELECT doc - 9, doc, modified, image_id FROM media_info WHERE doc % 10 = 0;`);
  store.db.close();
}

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
  for (let cursor = '', at = 0; at < count; at += 500) {
    const { items, next } = searchBySubstring(db, { text: 'fox', size: 500, cursor });
    const found = items.map((item) => item.path);
    if (found.join() !== expected.slice(at, at + 500).join()) wrong.push(`the page from ${at}`);
    cursor = next;
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
  for (const afterMs of [20, 60, 120, 200]) {
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

import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { expect, it, onTestFinished } from 'vitest';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';
import { callInProgram } from './helpers/called-program.ts';

const megabyte = 2 ** 20;
const rows = 400;

/** A database of which three quarters are unused; what is left lies at its end. */
async function fill(path: string): Promise<void> {
  const { db } = await openWriterStore(path);
  db.exec('CREATE TABLE filler (id INTEGER PRIMARY KEY, data BLOB)');
  const insert = db.prepare('INSERT INTO filler VALUES (?, ?)');
  db.transaction(() => {
    for (let id = 0; id < 4 * rows; id += 1) insert.run(id, Buffer.alloc(20_000, id % 251));
  })();
  db.exec(`DELETE FROM filler WHERE id < ${3 * rows}`);
  db.close();
}

/** What is wrong with the file. */
function look(path: string): unknown[] {
  const db = new Database(path);
  const wrong: unknown[] = [];
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') wrong.push(integrity);
  const kept = db.prepare<[], { id: number; data: Buffer }>('SELECT id, data FROM filler').all();
  if (kept.length !== rows) wrong.push(`${kept.length} rows`);
  for (const { id, data } of kept) {
    if (!data.equals(Buffer.alloc(20_000, id % 251))) wrong.push(`row ${id}`);
  }
  db.close();
  return wrong;
}

it.each([
  ['written again', 'compact'],
  ['cut off bit by bit', 'optimize'],
])(
  'a file whose unused room is %s loses nothing when that is killed',
  async (_, method) => {
    const folder = mkdtempSync(join(tmpdir(), 'index-db-vacuum-'));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const path = join(folder, 'iib.db');
    let interrupted = 0;
    for (const afterMs of [0, 10, 25, 50, 100]) {
      rmSync(path, { force: true });
      await fill(path);
      const program = await callInProgram(path, method);
      await delay(afterMs);
      if (await program.kill()) interrupted += 1;
      expect(look(path)).toEqual([]);
    }
    expect(interrupted).toBeGreaterThan(0);
    expect(await (await callInProgram(path, method)).ended).toBe(0);
    expect(look(path)).toEqual([]);
    expect(statSync(path).size).toBeLessThan(12 * megabyte);
  },
  120_000,
);

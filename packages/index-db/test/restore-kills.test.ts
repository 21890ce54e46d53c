import { spawnSync } from 'node:child_process';
import { copyFileSync, cpSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { restoreDatabase } from '../src/sqlite/connection/restore-database.ts';
import type { Sqlite } from '../src/sqlite/connection/sqlite.ts';

const program = new URL('./helpers/restoring-program.js', import.meta.url).pathname;
const rows = 500;

/** Fills many pages with rows that say in which database they are. */
function fill(db: Sqlite, word: string): void {
  db.exec(`
    CREATE TABLE IF NOT EXISTS line (id INTEGER PRIMARY KEY, word TEXT, filler TEXT);
    CREATE INDEX IF NOT EXISTS line_of_word ON line (word, id);
    WITH RECURSIVE n (id) AS (VALUES (1) UNION ALL SELECT id + 1 FROM n WHERE id < ${rows})
    INSERT OR REPLACE INTO line SELECT id, '${word}', hex(zeroblob(100)) FROM n`);
}

/** The word of all rows; what is wrong where the file is damaged or holds a mixture. */
function wordOf(path: string): string {
  let db: Sqlite | undefined;
  try {
    db = new Database(path, { fileMustExist: true });
    const integrity = db.pragma('integrity_check', { simple: true });
    if (integrity !== 'ok') return `damaged: ${String(integrity)}`;
    const words = db
      .prepare<[], [string, number]>('SELECT word, count(*) FROM line NOT INDEXED GROUP BY word')
      .raw()
      .all();
    return words.map(([word, count]) => (count === rows ? word : `${word} ${count}`)).join();
  } catch (error) {
    return (error as { code?: string }).code ?? String(error);
  } finally {
    db?.close();
  }
}

/** Databases as they lie there while nobody has them open. */
const states: Record<string, (path: string) => void> = {
  'that was closed'(path) {
    const db = new Database(path);
    db.pragma('journal_mode = WAL');
    fill(db, 'old');
    db.close();
  },
  'with the log of a program that was killed': leaveLog,
  'with the rollback journal of a program that was killed': leaveJournal,
  'that is damaged, with a log'(path) {
    leaveLog(path);
    writeFileSync(path, 'no database at all'.repeat(10_000));
  },
  'that is gone, but for its rollback journal'(path) {
    leaveJournal(path);
    rmSync(path);
  },
};

function leaveLog(path: string): void {
  const db = new Database(`${path}.open`);
  db.pragma('journal_mode = WAL');
  fill(db, 'older');
  db.pragma('wal_checkpoint(TRUNCATE)');
  fill(db, 'old');
  leaveAsKilled(db, path, ['', '-wal', '-shm']);
}

function leaveJournal(path: string): void {
  const db = new Database(`${path}.open`);
  fill(db, 'old');
  // What does not fit is written before the end, which the journal takes back.
  db.pragma('cache_size = 5');
  db.exec('BEGIN');
  fill(db, 'never finished');
  leaveAsKilled(db, path, ['', '-journal']);
}

function leaveAsKilled(db: Sqlite, path: string, ends: readonly string[]): void {
  for (const end of ends) copyFileSync(db.name + end, path + end);
  db.close();
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(db.name + end, { force: true });
}

describe.each(Object.entries(states))('a restore in the place of a database %s', (_, leave) => {
  it('that is killed before any of its steps leaves the one or the other, and can be done again', () => {
    const folder = newFolder();
    leave(join(folder, 'iib.db'));
    const backup = new Database(join(folder, 'backup'));
    fill(backup, 'restored');
    backup.close();
    const before = wordOf(join(copyOf(folder), 'iib.db'));

    const outcomes = new Set<string>();
    for (let step = 1; ; step += 1) {
      const killed = copyOf(folder);
      const ended = restore(killed, step);
      const outcome = wordOf(join(copyOf(killed), 'iib.db'));
      outcomes.add(outcome);
      if (ended) break;
      expect([before, 'restored']).toContain(outcome);
      restoreDatabase(join(killed, 'iib.db'), join(killed, 'backup'));
      expectRestored(killed, before);
    }
    expect(outcomes).toEqual(new Set([before, 'restored']));
  }, 60_000);
});

/** The one is where the other was; what was there is beside it, and nothing else. */
function expectRestored(folder: string, before: string): void {
  const names = readdirSync(folder).filter((name) => !/-(?:wal|shm|journal)$/.test(name));
  const aside = names.filter((name) => name.endsWith('.replaced'));
  expect(names.toSorted()).toEqual(['backup', 'iib.db', ...aside].toSorted());
  expect(wordOf(join(folder, 'iib.db'))).toBe('restored');
  // The one that was there, or the restored one where it was cut off at its very end.
  const words = aside.map((name) => wordOf(join(folder, name)));
  if (before === 'old') expect(words).toContain('old');
  for (const word of words) expect([before, 'restored']).toContain(word);
}

/** Whether it came to its end. */
function restore(folder: string, killedAt: number): boolean {
  const args = [program, join(folder, 'iib.db'), join(folder, 'backup'), String(killedAt)];
  const { signal, status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (signal !== 'SIGKILL' && status !== 0) throw new Error(stderr);
  return status === 0;
}

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'iib-restore-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

function copyOf(folder: string): string {
  const copy = newFolder();
  cpSync(folder, copy, { recursive: true });
  return copy;
}

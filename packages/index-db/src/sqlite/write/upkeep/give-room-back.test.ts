import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { describe, expect, it, onTestFinished } from 'vitest';
import { openWriter } from '../../connection/open-connection.ts';
import type { Sqlite } from '../../connection/sqlite.ts';
import { giveRoomBackTask } from './give-room-back.ts';
import { truncateLogTask } from './truncate-log.ts';

const megabyte = 2 ** 20;

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'iib-room-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return join(folder, 'iib.db');
}

function opened(path = newPath()): Sqlite {
  const db = openWriter(path, { lockTimeoutMs: 1000 });
  onTestFinished(() => void db.close());
  db.pragma('journal_mode = WAL');
  return db;
}

/** A database of an earlier version, in which unused pages stay. */
function openedEarlier(): Sqlite {
  const path = newPath();
  const earlier = new Database(path);
  earlier.pragma('page_size = 8192');
  earlier.exec('CREATE TABLE first (a)');
  earlier.close();
  return opened(path);
}

/** Writes so many megabytes and deletes a part of them. */
function fill(db: Sqlite, megabytes: number, keptShare: number): void {
  db.exec('CREATE TABLE filler (id INTEGER PRIMARY KEY, data BLOB)');
  const insert = db.prepare('INSERT INTO filler (data) VALUES (?)');
  db.transaction(() => {
    for (let row = 0; row < megabytes * 16; row += 1) insert.run(Buffer.alloc(megabyte / 16, row));
  })();
  db.prepare('DELETE FROM filler WHERE id > ?').run(megabytes * 16 * keptShare);
  db.pragma('wal_checkpoint(TRUNCATE)');
}

const sizeOf = (db: Sqlite): number => statSync(db.name).size / megabyte;

function runToRest(db: Sqlite, freeBytes?: () => number): number {
  const task = giveRoomBackTask({ db }, freeBytes);
  let slices = 1;
  while (task.runSlice(false)) slices += 1;
  db.pragma('wal_checkpoint(TRUNCATE)');
  return slices;
}

describe('unused room', () => {
  it('is given back a slice at a time, but for some that is written to next', () => {
    const db = opened();
    fill(db, 40, 0.25);
    expect(sizeOf(db)).toBeGreaterThan(40);
    expect(runToRest(db)).toBeGreaterThan(30);
    expect(sizeOf(db)).toBeGreaterThan(13);
    expect(sizeOf(db)).toBeLessThan(15);
    expect(db.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(db.prepare('SELECT count(*) FROM filler').pluck().get()).toBe(160);
  });

  it('of a database of an earlier version is given back at once, and bit by bit from then on', () => {
    const db = openedEarlier();
    fill(db, 60, 0.25);
    expect(runToRest(db)).toBe(1);
    expect(sizeOf(db)).toBeLessThan(16);
    expect(db.pragma('auto_vacuum', { simple: true })).toBe(2);
    // What SQLite sorts stays in memory.
    expect(db.pragma('temp_store', { simple: true })).toBe(2);
  });

  it('is left alone where a drive has no room for a copy and a log', () => {
    const db = openedEarlier();
    fill(db, 60, 0.25);
    runToRest(db, () => 30 * megabyte);
    expect(sizeOf(db)).toBeGreaterThan(60);
    runToRest(db, () => 40 * megabyte);
    expect(sizeOf(db)).toBeLessThan(16);
  });

  it('that is little is left alone', () => {
    const db = opened();
    fill(db, 3, 0.5);
    expect(runToRest(db)).toBe(1);
    expect(sizeOf(db)).toBeGreaterThan(3);
    const task = giveRoomBackTask({ db });
    while (task.runSlice(true));
    db.pragma('wal_checkpoint(TRUNCATE)');
    expect(sizeOf(db)).toBeLessThan(1.8);
  });
});

describe('the log', () => {
  it('is emptied when it is large, unless somebody still reads it', () => {
    const db = opened();
    fill(db, 1, 1);
    const logSize = () => statSync(`${db.name}-wal`).size / megabyte;
    const task = truncateLogTask({ db });
    db.prepare('UPDATE filler SET data = zeroblob(60000)').run();
    expect(logSize()).toBeGreaterThan(0.5);
    expect(task.runSlice(false)).toBe(false);
    expect(logSize()).toBeGreaterThan(0.5);
    for (let time = 1; time < 10; time += 1)
      db.prepare('UPDATE filler SET data = zeroblob(?)').run(60_000 - time);
    db.pragma('busy_timeout = 0');
    const reader = new Database(db.name, { readonly: true });
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM filler').get();
    db.prepare('UPDATE filler SET data = zeroblob(60001)').run();
    task.runSlice(false);
    expect(logSize()).toBeGreaterThan(4);
    reader.close();
    task.runSlice(false);
    expect(logSize()).toBe(0);
  });
});

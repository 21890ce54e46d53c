import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, rmSync } from 'node:fs';
import Database from 'better-sqlite3';

const program = new URL('./open-program.js', import.meta.url).pathname;

export interface IibDatabase {
  readonly images: number;
  /** Images with the tag `kept`. */
  readonly tagged: number;
}

/** Makes a database as IIB does, with a tag, a colour and a setting of its owner. */
export function writeIibDatabase(path: string, images: number): IibDatabase {
  const db = new Database(path);
  db.exec(`
    CREATE TABLE image (id INTEGER PRIMARY KEY AUTOINCREMENT, path TEXT UNIQUE, exif TEXT, size INTEGER, date TEXT);
    CREATE TABLE tag (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, score INTEGER, type TEXT, count INTEGER,
      UNIQUE (name, type) ON CONFLICT REPLACE);
    CREATE TABLE image_tag (image_id INTEGER, tag_id INTEGER, FOREIGN KEY (image_id) REFERENCES image(id),
      FOREIGN KEY (tag_id) REFERENCES tag(id), PRIMARY KEY (image_id, tag_id));
    CREATE TABLE global_setting (setting_json TEXT, name TEXT PRIMARY KEY, created_time TEXT, modified_time TEXT);
    INSERT INTO tag (name, score, type, count) VALUES ('like', 0, 'custom', 0), ('kept', 0, 'custom', 0);
    INSERT INTO global_setting VALUES ('{"lang":"en"}', 'global', '2024-01-01', '2024-01-01');`);
  const addImage = db.prepare('INSERT INTO image (path, exif, size, date) VALUES (?, ?, 1, ?)');
  const addTag = db.prepare('INSERT INTO image_tag VALUES (?, 2)');
  let tagged = 0;
  db.transaction(() => {
    for (let number = 0; number < images; number += 1) {
      const text = `fox${number} `.repeat(60);
      const { lastInsertRowid } = addImage.run(`/library/${number}.png`, text, '2024-01-01 10:00:00');
      if (number % 3 !== 0) continue;
      addTag.run(lastInsertRowid);
      tagged += 1;
    }
  })();
  db.close();
  return { images, tagged };
}

/** Whether the program opened the index before it was killed. */
async function openAndKill(path: string, afterMs: number): Promise<boolean> {
  const child = spawn(process.execPath, [program, path], { stdio: ['ignore', 'pipe', 'inherit'] });
  let isOpen = false;
  child.stdout.on('data', () => {
    isOpen = true;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  await once(child, 'close');
  clearTimeout(timer);
  return isOpen;
}

function problems(path: string, { images, tagged }: IibDatabase): string[] {
  const db = new Database(path);
  const one = (sql: string): unknown => db.prepare(sql).pluck().get();
  const found = [
    one('PRAGMA integrity_check') === 'ok' ? [] : ['damaged'],
    one('SELECT count(*) FROM image') === images ? [] : ['images lost'],
    one(`SELECT count(*) FROM image_tag t JOIN tag g ON g.id = t.tag_id WHERE g.name = 'kept'`) === tagged
      ? []
      : ['tags lost'],
    one(`SELECT setting_json FROM global_setting WHERE name = 'global'`) === '{"lang":"en"}'
      ? []
      : ['setting lost'],
  ].flat();
  db.close();
  return found;
}

export interface MigrationKills {
  readonly found: readonly string[];
  /** How many rounds were killed before the index was open. */
  readonly interrupted: number;
}

/** Kills a program again and again while it migrates; a file that got through is replaced by a new one. */
export async function killMigrations(source: string, path: string, rounds: number): Promise<MigrationKills> {
  const database = writeIibDatabase(source, 2000);
  const found: string[] = [];
  let interrupted = 0;
  let longestMs = 1500;
  copyFileSync(source, path);
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    const isOpen = await openAndKill(path, Math.random() * longestMs);
    found.push(...problems(path, database).map((problem) => `round ${round}: ${problem}`));
    if (!isOpen) {
      interrupted += 1;
      continue;
    }
    // Moments after the opening would show nothing.
    longestMs = Math.max(300, Math.min(longestMs, performance.now() - start));
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    copyFileSync(source, path);
  }
  return { found, interrupted };
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { utimesSync } from 'node:fs';
import Database from 'better-sqlite3';
import { buildPng } from '@iib-kit/catalog/conformance';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const program = new URL('./busy-program.js', import.meta.url).pathname;

/** What the killed programs had acknowledged. */
export interface Acknowledged {
  readonly tagged: Set<number>;
  readonly rated: Set<number>;
  setting: boolean;
}

/** Runs the busy program and kills it after a time; gathers what it said it had done. */
async function runAndKill(
  root: string,
  databasePath: string,
  afterMs: number,
  said: Acknowledged,
): Promise<void> {
  const child = spawn(process.execPath, [program, root, databasePath], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
  });
  const timer = setTimeout(() => child.kill('SIGKILL'), afterMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(timer);
  if (code !== null) throw new Error(`The program ended by itself with ${code}`);
  // The last line may be cut off.
  for (const line of output.split('\n').slice(0, -1)) {
    const [word, id] = line.split(' ');
    if (word === 'tagged') said.tagged.add(Number(id));
    if (word === 'rated') said.rated.add(Number(id));
    if (word === 'setting') said.setting = true;
  }
}

/** Problems found in the file: damage, or something acknowledged that is not there. */
function problems(databasePath: string, said: Acknowledged): string[] {
  const db = new Database(databasePath);
  const found: string[] = [];
  const integrity = db.pragma('integrity_check', { simple: true });
  if (integrity !== 'ok') found.push(String(integrity));
  const has = (sql: string, ...values: unknown[]): boolean => db.prepare(sql).get(...values) !== undefined;
  const hasTables = has(`SELECT 1 FROM sqlite_master WHERE name = 'image_mark'`);
  for (const id of said.tagged) {
    if (!has('SELECT 1 FROM image_tag WHERE tag_id = 1 AND image_id = ?', id))
      found.push(`tag of ${id} lost`);
  }
  for (const id of said.rated) {
    if (!has('SELECT 1 FROM image_mark WHERE rating > 0 AND image_id = ?', id))
      found.push(`rating of ${id} lost`);
  }
  if (said.setting && !has(`SELECT 1 FROM global_setting WHERE name = 'kept'`)) found.push('setting lost');
  if (hasTables) {
    const wrong = db
      .prepare(
        'SELECT name FROM tag g WHERE count <> (SELECT count(*) FROM image_tag t WHERE t.tag_id = g.id)',
      )
      .pluck()
      .all();
    found.push(...wrong.map((name) => `count of ${String(name)} is wrong`));
    for (const table of ['search_text', 'search_path', 'search_tags']) {
      db.exec(`INSERT INTO ${table} (${table}) VALUES ('integrity-check')`);
    }
  }
  db.close();
  return found;
}

/** Kills the program again and again at moments picked by chance; gives what was ever found wrong. */
export async function killRounds(root: string, databasePath: string, rounds: number): Promise<string[]> {
  const said: Acknowledged = { tagged: new Set(), rated: new Set(), setting: false };
  const found: string[] = [];
  for (let round = 0; round < rounds; round += 1) {
    for (let number = 0; number < 40; number += 1) {
      const path = join(root, `${round}-${number}.png`);
      writeFileSync(path, buildPng(`fox ${round}, tag ${number}`, { shade: number, width: 8 + round }));
      utimesSync(path, 1_700_000_000 + number, 1_700_000_000 + round);
    }
    await runAndKill(root, databasePath, 150 + Math.random() * 1200, said);
    found.push(...problems(databasePath, said).map((problem) => `round ${round}: ${problem}`));
  }
  return found;
}

/** How many pictures there are. */
export function countPictures(root: string): number {
  return readdirSync(root).filter((name) => name.endsWith('.png')).length;
}

import Database from 'better-sqlite3';
import { expect, it, vi } from 'vitest';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

function readFile<T>(path: string, sql: string): T[] {
  const db = new Database(path, { readonly: true });
  try {
    return db.prepare<[], T>(sql).pluck().all();
  } finally {
    db.close();
  }
}
const runCount = (path: string) => readFile<number>(path, 'SELECT count(*) FROM search_run')[0];

async function aged() {
  const library = temporaryLibrary();
  const index = await library.open();
  for (let number = 0; number < 12; number += 1) {
    library.picture(`${number}.png`, `fox ${number}`, 100 - number, number);
    await index.update([library.root]);
  }
  return { library, index };
}

it('leaves one run and one segment of each table, with the same pages', async () => {
  const { library, index } = await aged();
  const before = await index.searchBySubstring({ text: 'fox', size: 5 });
  expect(names(before)).toEqual(['0.png', '1.png', '2.png', '3.png', '4.png']);
  await index.optimize();
  expect(runCount(library.databasePath)).toBe(1);
  for (const table of ['search_text', 'search_path', 'search_tags']) {
    const segments = readFile<number>(library.databasePath, `SELECT DISTINCT segid FROM ${table}_idx`);
    expect(segments).toHaveLength(1);
  }
  const after = await index.searchBySubstring({ text: 'fox', size: 20, cursor: before.next });
  expect(names(after)).toEqual(['5.png', '6.png', '7.png', '8.png', '9.png', '10.png', '11.png']);
  expect(await index.checkIntegrity()).toEqual([]);
  expect(await index.update([library.root])).toMatchObject({ unchanged: 12, changed: 0 });
});

it('is not needed: runs are merged once nobody calls for a moment', async () => {
  const { library } = await aged();
  await vi.waitFor(() => expect(runCount(library.databasePath)).toBeLessThan(4), {
    timeout: 30_000,
    interval: 200,
  });
});

it('is given up by its signal, and may be asked again', async () => {
  const { library, index } = await aged();
  const controller = new AbortController();
  const optimizing = index.optimize({ signal: controller.signal });
  controller.abort(new Error('enough'));
  await expect(optimizing).rejects.toThrow('enough');
  await index.optimize();
  expect(runCount(library.databasePath)).toBe(1);
});

import { readFileSync } from 'node:fs';
import { expect, it, onTestFinished } from 'vitest';
import { trimLimits } from '../src/sqlite/write/upkeep/trim-limits.ts';
import { openWriterStore } from '../src/sqlite/write/writer-store.ts';

const page = readFileSync(new URL('../../../docs/growth.md', import.meta.url), 'utf8');

it('the page about growth names every table of the schema, and no other', async () => {
  const { db } = await openWriterStore(':memory:');
  onTestFinished(() => void db.close());
  // Tables behind a virtual one have its name and more.
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'virtual')
       AND name NOT LIKE 'sqlite_%'`,
    )
    .pluck()
    .all();
  const section = page.slice(page.indexOf('## The index'), page.indexOf('## Folders'));
  const named = section
    .split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...(line.split('|')[1] ?? '').matchAll(/`(\w+)`/gu)].map(([, name]) => name));
  expect(new Set(named)).toEqual(new Set(tables));
});

it('the page about growth tells the limits that hold', () => {
  for (const limit of Object.values(trimLimits)) expect(page).toMatch(new RegExp(`\\b${limit}\\b`, 'u'));
});

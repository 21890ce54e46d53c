import path from 'node:path';

import type { ImageIndex } from '@iib-kit/catalog';
import { openIndex } from '@iib-kit/index-db';
import { afterAll, beforeAll, expect, test } from 'vitest';

import { documentNamed } from './documents/documents.ts';
import { examplePictures, writeExamplePictures } from './documents/example-pictures.ts';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const { text } = documentNamed('docs/query-language.md');
const examples = [...text.matchAll(/^\| `(?<query>[^|]+)` +\| (?<finds>[^|]+)\|$/gm)]
  .map(({ groups }) => [groups?.['query'] ?? '', groups?.['finds']?.trim() ?? ''] as const)
  .filter(([, finds]) => finds === 'nothing' || finds === 'refused' || finds.startsWith('`'));

const { folder, remove } = await temporaryFolder();
const pictures = path.join(folder, 'pictures');
let index: ImageIndex;

beforeAll(async () => {
  await writeExamplePictures(pictures);
  index = await openIndex({ path: path.join(folder, 'iib.db') });
  await index.update([pictures]);
  const at = (name: string) => path.join(pictures, name);
  await index.setRating([at('fox-1.png')], 5);
  await index.setRating([at('fox-2.png')], 3);
  const { id } = await index.createTag('like');
  await index.setTag([at('lighthouse.jpg'), at('fox-2.png')], id, 'add');
  await index.setNote(at('castle.png'), 'for the poster');
});

afterAll(async () => {
  await index.close();
  await remove();
});

test.each(examples)('%s finds %s', async (written, finds) => {
  const query = written.replace('PICTURES', pictures);
  const found = index.search({ query }).then(
    ({ items }) => items.map((item) => `\`${path.basename(item.path)}\``).join(' ') || 'nothing',
    (error: { code?: string }) => (error.code === 'invalid-query' ? 'refused' : `failed: ${error.code}`),
  );
  expect(await found).toBe(finds);
});

test('the table of pictures is what the pictures are', () => {
  const table = text.split('<!-- pictures -->')[1]?.split('<!-- end of pictures -->')[0] ?? '';
  const rows = table.trim().split('\n').slice(2);
  const listed = rows.map((row) => row.split('|').map((cell) => cell.trim()));
  expect(listed.map((cells) => cells[1])).toEqual(Object.keys(examplePictures).map((name) => `\`${name}\``));
  for (const [, name = '', prompt, model, sampler, steps, cfg, seed, size, date] of listed) {
    const picture = examplePictures[name.replaceAll('`', '')];
    expect([name, prompt]).toEqual([
      name,
      (picture?.prompt ?? '').replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
    ]);
    expect(picture?.date.startsWith(date ?? '-')).toBe(true);
    expect(size).toBe((picture?.size ?? [96, 64]).join(' x '));
    if (picture?.settings === undefined) continue;
    expect(picture.settings).toBe(
      `Steps: ${steps}, Sampler: ${sampler}, CFG scale: ${cfg}, Seed: ${seed}, Size: ${size?.replace(' x ', 'x')}, Model: ${model}`,
    );
  }
});

test('the page has many examples, and each table of examples was read', () => {
  const tables = [...text.matchAll(/^\| query +\| finds/gm)];
  expect(tables).toHaveLength(9);
  expect(examples.length).toBe(
    [...text.matchAll(/^\| `[^`]*` +\|/gm)].length - Object.keys(examplePictures).length,
  );
});

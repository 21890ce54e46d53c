import { execFile } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

import { writeMetadata } from '@iib-kit/metadata';
import fc from 'fast-check';
import sharp from 'sharp';
import { expect, onTestFinished, test } from 'vitest';

import { csvRow } from '../examples/folder-to-csv/csv.js';
import { temporaryFolder } from './helpers/temporary-folder.ts';

const program = fileURLToPath(new URL('../examples/folder-to-csv/main.js', import.meta.url));

/** Rows after RFC 4180; throws for what it does not allow. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/y;
  while (cell.lastIndex < text.length) {
    const found = cell.exec(text);
    if (found === null) throw new Error(`no cell at the end of ${JSON.stringify(text)}`);
    row.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    if (found[3] === '\r\n') {
      rows.push(row);
      row = [];
    }
  }
  return rows;
}

test('cells come back as they were, except for what would be a formula or cannot be printed', () => {
  const cells = fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 });
  fc.assert(
    fc.property(cells, (cells) => {
      const [row, ...others] = parseCsv(csvRow(cells));
      expect(others).toEqual([]);
      expect(row).toHaveLength(cells.length);
      for (const [position, cell] of cells.entries()) {
        const written = row?.[position] ?? '';
        expect(written).not.toMatch(/^\s*[=+\-@]/);
        expect([cell, `'${cell}`]).toContain(written);
      }
    }),
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ['  -2', "'  -2"],
  ['＝SUM(A1)', "'＝SUM(A1)"],
  ['\t=1', "'\t=1"],
  ['a "b", c\nd', '"a ""b"", c\nd"'],
  ['bell\u0007 and \u001b[31m', 'bell\ufffd and \ufffd[31m'],
  ['half \ud83d', 'half \ufffd'],
  [-2, '-2'],
  [undefined, ''],
])('%j is written as %j', (cell, written) => {
  expect(csvRow([cell])).toBe(`${written}\r\n`);
});

async function hostileFolder(): Promise<string> {
  const { folder, remove } = await temporaryFolder();
  onTestFinished(remove);
  const picture = await sharp({ create: { width: 8, height: 6, channels: 3, background: '#3a7' } })
    .png()
    .toBuffer();
  const described = (prompt: string) =>
    writeMetadata(picture, `${prompt}\nNegative prompt: blurry\nSteps: 20, Sampler: Euler a, Seed: 42`);
  await writeFile(path.join(folder, '=cmd|calc.png'), described('two "lines"\nof one, prompt'));
  await writeFile(path.join(folder, 'new\nline, "quoted".png'), described('@formula'));
  await writeFile(path.join(folder, 'plain.png'), picture);
  await writeFile(path.join(folder, 'notes.txt'), 'no image');
  await mkdir(path.join(folder, 'folder.png'));
  return folder;
}

function run(...args: string[]): Promise<{ code: number | null; stdout: string; stderr: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [program, ...args], (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout, stderr });
    });
  });
}

test('hostile names and prompts make one row each, and the summary goes to standard error', async () => {
  const { code, stdout, stderr } = await run(await hostileFolder());
  expect(parseCsv(stdout).map((row) => [row[0], row[1], row[5], row[9]])).toEqual([
    ['file', 'width', 'seed', 'prompt'],
    ["'=cmd|calc.png", '8', '42', 'two "lines"\nof one, prompt'],
    ['new\nline, "quoted".png', '8', '42', "'@formula"],
    ['plain.png', '8', '', ''],
  ]);
  expect([code, stderr]).toEqual([
    0,
    '2 described, 1 without a description, 0 unreadable, 1 skipped that are no images\n',
  ]);
});

test('a file that cannot be read is named and makes the exit code 1; the others are written', async () => {
  const folder = await hostileFolder();
  await symlink(path.join(folder, 'nowhere'), path.join(folder, 'gone.png'));
  const { code, stdout, stderr } = await run(folder);
  expect(parseCsv(stdout)).toHaveLength(4);
  expect([code, stderr]).toEqual([
    1,
    expect.stringMatching(/^"gone\.png": .*\n2 described, 1 .* 1 unreadable/),
  ]);
});

test('no folder, and one that is not there, are told apart from files by the exit code 2', async () => {
  expect(await run()).toEqual({
    code: 2,
    stdout: '',
    stderr: 'usage: npm start --silent -- FOLDER > images.csv\n',
  });
  expect(await run('/nowhere')).toMatchObject({ code: 2, stderr: expect.stringContaining('ENOENT') });
});

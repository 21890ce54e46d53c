import { mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { beforeEach, expect, onTestFinished, test, vi } from 'vitest';

import { presentFiles } from './present-files.ts';

let folder: string;
const put = (name: string) => {
  const file = path.join(folder, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, '');
  return { path: file };
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'present-files-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
});

test('what was never there, or lies in a folder that is not, is left out, in the order given', async () => {
  const files = [put('b.png'), { path: path.join(folder, 'absent.png') }, put('a.png')];
  const gone = [
    { path: path.join(folder, 'none', '1.png') },
    { path: path.join(files[0]?.path ?? '', 'x.png') },
  ];
  const present = presentFiles();
  expect(await present.withoutAbsent([...files, ...gone])).toEqual([files[0], files[2]]);
  expect(await present.withoutAbsent([])).toEqual([]);
});

test('a file that is deleted is missed half a second later at the most, and seen again when it is back', async () => {
  const [one, two] = [put('1.png'), put('deep/2.png')];
  const present = presentFiles();
  expect(await present.withoutAbsent([one, two])).toEqual([one, two]);
  renameSync(two.path, `${two.path}.away`);
  await vi.waitFor(async () => expect(await present.withoutAbsent([one, two])).toEqual([one]), 5000);
  renameSync(`${two.path}.away`, two.path);
  await vi.waitFor(async () => expect(await present.withoutAbsent([one, two])).toEqual([one, two]), 5000);
  rmSync(path.dirname(two.path), { recursive: true });
  await vi.waitFor(async () => expect(await present.withoutAbsent([one, two])).toEqual([one]), 5000);
});

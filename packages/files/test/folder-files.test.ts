import {
  closeSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { Confinement, FolderFiles } from '../src/index.ts';
import { makePipe, temporaryFolder } from './helpers/odd-entries.ts';

function opened() {
  const folder = temporaryFolder();
  for (const name of ['in', 'in/inner', 'out']) {
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, 'a.txt'), name);
  }
  const files = new FolderFiles(new Confinement([join(folder, 'in')]));
  onTestFinished(() => files.close());
  /** The content of a file, or why it is not opened. */
  const read = (inFolder: string, name: string): string => {
    const path = join(folder, inFolder);
    try {
      const { descriptor } = files.open(join(path, name), path, name);
      const text = readFileSync(descriptor, 'utf8');
      closeSync(descriptor);
      return text;
    } catch (error) {
      return (error as { code: string }).code;
    }
  };
  return { folder, files, read };
}

test('files are read from the folders that they lie in', () => {
  const { read } = opened();
  expect([read('in', 'a.txt'), read('in/inner', 'a.txt'), read('in', 'a.txt')]).toEqual([
    'in',
    'in/inner',
    'in',
  ]);
  expect(read('in', 'none.txt')).toBe('ENOENT');
  expect(read('out', 'a.txt')).toBe('outside');
});

test.skipIf(process.platform === 'win32')(
  'links are followed inside alone, and pipes are not waited for',
  () => {
    const { folder, read } = opened();
    symlinkSync('inner/a.txt', join(folder, 'in/inside.txt'));
    symlinkSync('../out/a.txt', join(folder, 'in/outside.txt'));
    symlinkSync('../out', join(folder, 'in/folder'));
    makePipe(join(folder, 'in/pipe.txt'));
    expect(read('in', 'inside.txt')).toBe('in/inner');
    expect(read('in', 'outside.txt')).toBe('outside');
    expect(read('in/folder', 'a.txt')).toBe('outside');
    expect(read('in', 'pipe.txt')).toBe('not-a-file');
    expect(read('in', 'inner')).toBe('is-directory');
  },
);

test.skipIf(process.platform === 'win32')(
  'a folder that is swapped for a link while it is held leads nowhere else',
  () => {
    const { folder, read } = opened();
    expect(read('in/inner', 'a.txt')).toBe('in/inner');
    renameSync(join(folder, 'in/inner'), join(folder, 'in/away'));
    symlinkSync('../out', join(folder, 'in/inner'));
    expect(['in/inner', 'outside']).toContain(read('in/inner', 'a.txt'));
    writeFileSync(join(folder, 'out/b.txt'), 'out');
    expect(read('in/inner', 'b.txt')).toBe('outside');
  },
);

test('a folder that was made anew while the old one is held is read', () => {
  const { folder, read } = opened();
  expect(read('in/inner', 'a.txt')).toBe('in/inner');
  renameSync(join(folder, 'in/inner'), join(folder, 'in/away'));
  mkdirSync(join(folder, 'in/inner'));
  writeFileSync(join(folder, 'in/inner/new.txt'), 'new');
  expect(read('in/inner', 'new.txt')).toBe('new');
});

test.skipIf(process.platform !== 'linux')(
  'no more than some folders are open at once, and none at the end',
  () => {
    const { folder, files, read } = opened();
    const held = () => {
      const numbers = readdirSync('/proc/self/fd');
      return numbers.length;
    };
    const before = held();
    for (let number = 0; number < 100; number += 1) {
      mkdirSync(join(folder, 'in', String(number)));
      writeFileSync(join(folder, 'in', String(number), 'a.txt'), 'x');
      expect(read(`in/${number}`, 'a.txt')).toBe('x');
    }
    expect(held() - before).toBe(32);
    files.close();
    expect(held() - before).toBe(0);
  },
);

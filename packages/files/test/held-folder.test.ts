import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmdirSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { Confinement, holdFolder, makeFolders, removeTree } from '../src/index.ts';
import { holdByPath } from '../src/held-folder.ts';
import { temporaryFolder } from './helpers/odd-entries.ts';

const failsWith = (code: string) => expect.objectContaining({ name: 'FileAccessError', code });

test.skipIf(process.platform !== 'linux')(
  'what is done in a held folder is done there, whatever comes into its place',
  async () => {
    const folder = temporaryFolder();
    for (const name of ['a', 'other']) mkdirSync(join(folder, name));
    const held = await holdFolder(join(folder, 'a'));
    renameSync(join(folder, 'a'), join(folder, 'moved'));
    symlinkSync('other', join(folder, 'a'));
    writeFileSync(held.at('x.txt'), 'content');
    held.close();
    expect(readFileSync(join(folder, 'moved', 'x.txt'), 'utf8')).toBe('content');
    expect(readdirSync(join(folder, 'other'))).toEqual([]);
  },
);

describe.each([
  ['by an open folder', holdFolder],
  ['by its path', holdByPath],
])('held %s', (_, hold) => {
  it('is a folder, inside, and no link', async () => {
    const folder = temporaryFolder();
    for (const name of ['in', 'out']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'in', 'file'), '');
    symlinkSync('../out', join(folder, 'in', 'link'));
    const within = new Confinement([join(folder, 'in')]);
    await expect(hold(join(folder, 'in', 'file'), { within })).rejects.toThrow(failsWith('not-a-folder'));
    await expect(hold(join(folder, 'in', 'link'), { within })).rejects.toThrow(failsWith('not-a-folder'));
    await expect(hold(join(folder, 'in', 'link'), { within, followLink: true })).rejects.toThrow(
      failsWith('outside'),
    );
    await expect(hold(join(folder, 'out'), { within })).rejects.toThrow(failsWith('outside'));
    await expect(hold(join(folder, 'in', 'none'), { within })).rejects.toThrow('ENOENT');
    const held = await hold(join(folder, 'in'), { within });
    await expect(held.enter('link')).rejects.toThrow(failsWith('not-a-folder'));
    held.close();
  });

  it('leads to its own entries alone', async () => {
    const held = await hold(temporaryFolder());
    for (const name of ['', '.', '..', 'a/b', 'a\0']) expect(() => held.at(name)).toThrow(TypeError);
    held.close();
  });

  it('removes trees without following links', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'out', 'deep'), { recursive: true });
    mkdirSync(join(folder, 'in', 'tree', 'deep', 'deeper'), { recursive: true });
    writeFileSync(join(folder, 'in', 'tree', 'deep', 'file'), '');
    symlinkSync(join(folder, 'out'), join(folder, 'in', 'tree', 'deep', 'link'));
    const held = await hold(join(folder, 'in'));
    await removeTree(held, 'tree');
    await removeTree(held, 'not there');
    held.close();
    expect(readdirSync(join(folder, 'in'))).toEqual([]);
    expect(readdirSync(join(folder, 'out'))).toEqual(['deep']);
  });
});

it('notices by its path that another folder is in its place', async () => {
  const folder = temporaryFolder();
  mkdirSync(join(folder, 'a'));
  const held = await holdByPath(join(folder, 'a'));
  renameSync(join(folder, 'a'), join(folder, 'moved'));
  mkdirSync(join(folder, 'a'));
  expect(() => held.at('x')).toThrow(failsWith('changed'));
  held.close();
});

describe('folders are made', () => {
  it('with their parents, through links that lead inside', async () => {
    const folder = temporaryFolder();
    mkdirSync(join(folder, 'in'));
    symlinkSync('in', join(folder, 'link'));
    const within = new Confinement([join(folder, 'in')]);
    (await makeFolders(join(folder, 'link', 'a', 'b'), { within })).close();
    (await makeFolders(join(folder, 'link', 'a', 'b'), { within })).close();
    expect(existsSync(join(folder, 'in', 'a', 'b'))).toBe(true);
  });

  it('not outside, and not where a file is', async () => {
    const folder = temporaryFolder();
    for (const name of ['in', 'out']) mkdirSync(join(folder, name));
    writeFileSync(join(folder, 'in', 'file'), '');
    symlinkSync('../out', join(folder, 'in', 'link'));
    const within = new Confinement([join(folder, 'in')]);
    await expect(makeFolders(join(folder, 'in', 'link', 'a'), { within })).rejects.toThrow(
      failsWith('outside'),
    );
    await expect(makeFolders(join(folder, 'in', 'file', 'a'), { within })).rejects.toThrow(
      failsWith('not-a-folder'),
    );
    expect(readdirSync(join(folder, 'out'))).toEqual([]);
  });

  it('where a folder of the library is not there yet', async () => {
    const folder = temporaryFolder();
    const within = new Confinement([join(folder, 'library')]);
    (await makeFolders(join(folder, 'library', 'a'), { within })).close();
    expect(readdirSync(folder)).toEqual(['library']);
    rmdirSync(join(folder, 'library', 'a'));
    rmdirSync(join(folder, 'library'));
    await expect(makeFolders(join(folder, 'other', 'a'), { within })).rejects.toThrow(failsWith('outside'));
  });
});

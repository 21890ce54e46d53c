import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { mayMount, temporaryDrive } from './helpers/temporary-drive.ts';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

describe('a folder of the library that holds no picture any more', () => {
  it('counts as one whose drive is gone, whatever hidden files are in it', async () => {
    const library = temporaryLibrary();
    const path = library.picture('one.png', 'fox');
    const index = await library.open();
    await index.update([library.root]);
    rmSync(path);
    writeFileSync(library.at('.DS_Store'), '');
    expect(await index.update([library.root])).toMatchObject({ removed: 0, unavailable: [library.root] });
  });

  it('is there where nothing was ever in it', async () => {
    const library = temporaryLibrary();
    const index = await library.open();
    for (const _ of ['first', 'second'])
      expect(await index.update([library.root])).toMatchObject({ removed: 0, unavailable: [] });
  });
});

describe.skipIf(!mayMount)('a drive below a folder of the library', () => {
  /** A library with a picture of its own and one on a drive. */
  async function withDrive() {
    const library = temporaryLibrary();
    const folder = library.at('drive');
    const drive = temporaryDrive(folder);
    library.picture('own.png', 'own');
    const path = library.picture('drive/series/far.png', 'far');
    const saved = join(library.base, 'saved');
    cpSync(folder, saved, { recursive: true, preserveTimestamps: true });
    const index = await library.open();
    await index.update([library.root]);
    await index.setNote(path, 'note');
    const plugInAgain = () => {
      drive.plugIn();
      cpSync(saved, folder, { recursive: true, preserveTimestamps: true });
    };
    return { library, folder, drive, path, index, plugInAgain };
  }

  it('is known to be one', async () => {
    const { index, folder } = await withDrive();
    expect(await index.mountPoints()).toEqual([folder]);
  });

  it.each([
    ['leaves an empty folder', () => {}],
    ['leaves its folder with another picture in it', (put: (name: string) => void) => put('drive/stray.png')],
    [
      'takes its folder with it',
      (_: unknown, folder: string) => {
        rmSync(folder, { recursive: true });
      },
    ],
  ])('is unavailable when it is gone and %s; nothing is forgotten', async (_, leave) => {
    const { library, folder, drive, path, index, plugInAgain } = await withDrive();
    drive.pullOut();
    leave((name) => library.picture(name, 'stray'), folder);
    expect(await index.update([library.root])).toMatchObject({ removed: 0, unavailable: [folder] });
    expect((await index.images([path])).size).toBe(1);
    expect(await index.update([library.root], { reread: true })).toMatchObject({ removed: 0 });
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    plugInAgain();
    expect(await index.update([library.root])).toMatchObject({ added: 0, removed: 0, unavailable: [] });
    expect((await index.annotationsOf([path])).get(path)?.note).toBe('note');
  });

  it('is none any more once its files were copied to the folder itself', async () => {
    const { library, drive, index, folder, path } = await withDrive();
    drive.pullOut();
    library.picture('drive/series/far.png', 'far');
    library.picture('drive/more.png', 'more');
    expect(await index.update([library.root])).toMatchObject({ added: 1, removed: 0, unavailable: [] });
    expect(await index.mountPoints()).toEqual([]);
    expect((await index.annotationsOf([path])).get(path)?.note).toBe('note');
    rmSync(folder, { recursive: true });
    expect(await index.update([library.root])).toMatchObject({ removed: 2, unavailable: [] });
  });

  it('is followed again when it is back', async () => {
    const { library, drive, index, plugInAgain } = await withDrive();
    const watch = await index.watch([library.root]);
    onTestFinished(() => watch.close());
    drive.pullOut();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    plugInAgain();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    library.picture('drive/series/new.png', 'a new one');
    await vi.waitFor(
      async () => expect(names(await index.searchBySubstring({ text: 'a new one' }))).toEqual(['new.png']),
      { timeout: 30_000, interval: 200 },
    );
  });
});

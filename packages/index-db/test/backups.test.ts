import {
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname } from 'node:path';
import { describeBackups, openIndex, restoreBackup } from '@iib-kit/index-db';
import { describe, expect, it } from 'vitest';
import { temporaryLibrary } from './helpers/temporary-library.ts';

async function libraryWithBackup() {
  const library = temporaryLibrary();
  for (let number = 0; number < 3; number += 1) library.picture(`${number}.png`, `fox ${number}`, 1, number);
  const index = await library.open();
  await index.update([library.root]);
  const tag = await index.createTag('mine');
  const [image] = (await index.search({ size: 1 })).items;
  await index.setTag([image?.path ?? ''], tag.id, 'add');
  const backup = await index.backUp();
  return { library, index, backup };
}

const namesBeside = (path: string) =>
  readdirSync(dirname(path)).filter((name) => name.includes(basename(path)));

describe('a backup', () => {
  it('says when it was made and what it holds', async () => {
    const { library, index, backup } = await libraryWithBackup();
    await index.close();
    const [found, ...more] = describeBackups(library.databasePath);
    expect(more).toEqual([]);
    expect(found).toMatchObject({
      path: backup,
      bytes: statSync(backup).size,
      contents: { images: 3, tags: 2, marks: 1 },
      isSound: true,
    });
    expect(Date.now() - (found?.madeAt.getTime() ?? 0)).toBeLessThan(60_000);
    // Reading leaves nothing behind.
    expect(namesBeside(backup)).toEqual([basename(backup)]);
  });

  it('that is damaged says so and is not restored', async () => {
    const { library, index, backup } = await libraryWithBackup();
    await index.close();
    truncateSync(backup, statSync(backup).size / 2);
    expect(describeBackups(library.databasePath)).toMatchObject([{ path: backup, isSound: false }]);
    const before = readFileSync(library.databasePath);
    expect(() => restoreBackup(library.databasePath, backup)).toThrow(
      expect.objectContaining({ code: 'corrupt' }),
    );
    expect(readFileSync(library.databasePath).equals(before)).toBe(true);
  });

  it('takes the place of the database, which is kept', async () => {
    const { library, index, backup } = await libraryWithBackup();
    await index.createTag('later');
    await index.close();
    const aside = restoreBackup(library.databasePath, backup);
    const restored = await library.open();
    expect((await restored.basicInfo()).tags.map(({ name }) => name)).toContain('mine');
    expect((await restored.basicInfo()).tags.map(({ name }) => name)).not.toContain('later');
    await restored.close();
    const previous = await openIndex({ path: aside ?? '' });
    expect((await previous.basicInfo()).tags.map(({ name }) => name)).toContain('later');
    await previous.close();
    expect(existsSync(backup)).toBe(true);
  });

  it('is not restored while a program has the database open', async () => {
    const { library, index, backup } = await libraryWithBackup();
    expect(() => restoreBackup(library.databasePath, backup)).toThrow(
      expect.objectContaining({ code: 'locked' }),
    );
    expect((await index.basicInfo()).imageCount).toBe(3);
    await index.close();
  });

  it.each([
    ['damaged', (path: string) => writeFileSync(path, 'no database at all'.repeat(1000))],
    ['emptied', (path: string) => truncateSync(path)],
  ])('takes the place of a database that is %s', async (_, change) => {
    const { library, index, backup } = await libraryWithBackup();
    await index.close();
    change(library.databasePath);
    expect(restoreBackup(library.databasePath, backup)).toMatch(/\.replaced$/);
    const restored = await library.open();
    expect((await restored.basicInfo()).imageCount).toBe(3);
  });

  it('of an emptied database does not push out those of the full one', async () => {
    const { library, index, backup } = await libraryWithBackup();
    await index.close();
    truncateSync(library.databasePath);
    const emptied = await library.open();
    for (let count = 0; count < 3; count += 1) await emptied.backUp({ kept: 1 });
    const kept = await emptied.backups();
    expect(kept).toHaveLength(2);
    expect(kept[0]).toBe(backup);
  });

  it('that was cut off is none, and goes with the next', async () => {
    const { library, index, backup } = await libraryWithBackup();
    const cutOff = `${library.databasePath}.20260101T000000000Z-9.bak.part`;
    copyFileSync(backup, cutOff);
    expect(await index.backups()).toEqual([backup]);
    const next = await index.backUp();
    expect(await index.backups()).toEqual([backup, next]);
    expect(existsSync(cutOff)).toBe(false);
  });

  it('of an earlier version comes before those with numbers', async () => {
    const { library, index, backup } = await libraryWithBackup();
    const earlier = `${library.databasePath}.20990101T000000000Z.bak`;
    copyFileSync(backup, earlier);
    expect(await index.backups()).toEqual([earlier, backup]);
    const next = await index.backUp({ kept: 2 });
    expect((await index.backups()).at(-1)).toBe(next);
    expect(await index.backups()).not.toContain(backup);
  });
});

import { chmodSync, copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import Database from 'better-sqlite3';
import { describe, expect, it } from 'vitest';
import { names, temporaryLibrary } from './helpers/temporary-library.ts';

describe('two openings of one file', () => {
  it('write and read side by side, and see what the other wrote', async () => {
    const library = temporaryLibrary();
    for (let number = 0; number < 40; number += 1)
      library.picture(`${number}.png`, `fox, t${number}`, number, number);
    const [first, second] = [await library.open(), await library.open()];
    const summaries = await Promise.all([first.update([library.root]), second.update([library.root])]);
    expect(summaries.map(({ failed }) => failed)).toEqual([[], []]);
    expect((await first.basicInfo()).imageCount).toBe(40);
    const made = await second.createTag('from the second');
    const [image] = (await first.searchBySubstring({ text: 't39' })).items;
    await first.setTag([image?.path ?? ''], made.id, 'add');
    await second.setTag([image?.path ?? ''], 1, 'add');
    expect((await first.tagsOf([image?.path ?? ''])).get(image?.path ?? '')?.map(({ name }) => name)).toEqual(
      ['like', 'from the second'],
    );
    library.picture('later.png', 'hen', 100, 99);
    await second.update([library.root]);
    library.picture('last.png', 'hen', 200, 98);
    await first.update([library.root]);
    expect(names(await second.searchBySubstring({ text: 'hen' }))).toEqual(['last.png', 'later.png']);
    expect(await first.checkIntegrity()).toEqual([]);
  });
});

describe('a database file', () => {
  it('that another program holds for long is reported as locked', async () => {
    const library = temporaryLibrary();
    const index = await library.open({ lockTimeoutMs: 200 });
    const other = new Database(library.databasePath);
    other.exec('BEGIN IMMEDIATE');
    await expect(index.createTag('x')).rejects.toMatchObject({ code: 'locked' });
    // Told before files are moved, not afterwards.
    await expect(index.reservePaths(['/a'])).rejects.toMatchObject({ code: 'locked' });
    other.exec('ROLLBACK');
    other.close();
    expect((await index.createTag('x')).name).toBe('x');
  });

  it('that has no more room is reported as such, and keeps what it had', async () => {
    const library = temporaryLibrary();
    const path = library.picture('one.png', 'fox', 1);
    const before = await library.open();
    await before.update([library.root]);
    await before.setTag([path], 1, 'add');
    await before.close();
    const index = await library.open({ maxBytes: 1 });
    for (let number = 0; number < 200; number += 1)
      library.picture(`${number}.png`, `word${number} `.repeat(200), 2, number);
    await expect(index.update([library.root])).rejects.toMatchObject({ code: 'disk-full' });
    expect((await index.tagsOf([path])).size).toBe(1);
    await index.close();
    const after = await library.open();
    expect(await after.checkIntegrity()).toEqual([]);
    expect(await after.update([library.root])).toMatchObject({ failed: [] });
    expect((await after.basicInfo()).imageCount).toBe(201);
  });

  it.runIf(process.getuid?.() !== 0)('that may not be written is reported as read-only', async () => {
    const library = temporaryLibrary();
    await (await library.open()).close();
    chmodSync(library.databasePath, 0o400);
    await expect(library.open()).rejects.toMatchObject({ code: 'read-only' });
  });

  it('that is damaged is found out', async () => {
    const library = temporaryLibrary();
    for (let number = 0; number < 60; number += 1)
      library.picture(`${number}.png`, `fox ${number}`.repeat(50), 1, number);
    const index = await library.open();
    await index.update([library.root]);
    const copy = await index.backUp();
    const bytes = readFileSync(copy);
    for (let at = 8192 * 12; at < 8192 * 14; at += 1) bytes[at] = 0x5a;
    await index.close();
    writeFileSync(library.databasePath, bytes);
    const damaged = await library.open().catch((error: unknown) => error);
    if (damaged instanceof Error) expect(damaged).toMatchObject({ code: 'corrupt' });
    else expect(await (damaged as Awaited<ReturnType<typeof library.open>>).checkIntegrity()).not.toEqual([]);
  });

  it('is backed up while in use, three copies at most', async () => {
    const library = temporaryLibrary();
    const index = await library.open();
    const copies: string[] = [];
    for (let number = 0; number < 4; number += 1) {
      await index.createTag(`tag ${number}`);
      copies.push(await index.backUp());
    }
    expect(await index.backups()).toEqual(copies.slice(1));
    const restored = temporaryLibrary();
    copyFileSync(copies[3] ?? '', restored.databasePath);
    const { tags } = await (await restored.open()).basicInfo();
    expect(tags.map(({ name }) => name)).toEqual(['like', 'tag 0', 'tag 1', 'tag 2', 'tag 3']);
    await index.compact();
    expect(await index.checkIntegrity()).toEqual([]);
  });
});
